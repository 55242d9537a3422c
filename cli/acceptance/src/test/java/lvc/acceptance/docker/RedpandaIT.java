package lvc.acceptance.docker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import lvc.acceptance.recreate.Lvc;
import lvc.acceptance.recreate.Lvc.Result;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What lvc rests on and the sandbox only imitates, seen on a real Redpanda: transforms, the name of the gauge, the fence, and
 * recreate from its first step to its last. There is no object store: what is to be tiered stays on the disk.
 */
@Timeout(600)
class RedpandaIT {
    private static final String IMAGE = "docker.redpanda.com/redpandadata/redpanda:v26.2.1";
    private static final List<String> GAUGES = List.of("redpanda_transform_lag", "redpanda_transform_processor_lag");

    @Test
    void bothDemosEndWithTheLastValues() {
        try (RedpandaBroker broker = new RedpandaBroker(Docker.require(IMAGE))) {
            broker.start();
            Lvc lvc = new Lvc(broker.settings());
            for (String approach : List.of("a", "b")) {
                Result demo = lvc.run("demo", "--approach", approach, "--yes");
                assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
                assertThat(demo.out()).contains("a=1 b=2 c=3");
            }
        }
    }

    @Test
    void theGaugeHasOneOfTheTwoNamesAndTheTransformEndsDrained() throws Exception {
        try (RedpandaBroker broker = new RedpandaBroker(Docker.require(IMAGE))) {
            broker.start();
            Lvc lvc = new Lvc(broker.settings());
            assertThat(lvc.run("create-topics", "--approach", "b", "--yes").exit())
                    .isZero();
            produce(broker, "primary", 1000);

            await().atMost(java.time.Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                            lvc.run("status", "--approach", "b").out())
                    .contains("drained"));
            String metrics = get(broker.admin() + "/public_metrics");
            assertThat(GAUGES).anySatisfy(name -> assertThat(metrics).contains(name + "{"));
        }
    }

    @Test
    void aFencedTopicTakesNothingFromProducersAndEverythingFromTransforms() throws Exception {
        try (RedpandaBroker broker = new RedpandaBroker(Docker.require(IMAGE))) {
            broker.start();
            Lvc lvc = new Lvc(broker.settings());
            assertThat(lvc.run("create-topics", "--approach", "b", "--yes").exit())
                    .isZero();
            put(broker.admin() + "/v1/cluster_config", """
                    {"upsert": {"kafka_noproduce_topics": ["secondary"]}, "remove": []}
                    """);
            await().atMost(java.time.Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(() -> produce(broker, "secondary", 1)));
            produce(broker, "primary", 10);
            await().atMost(java.time.Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                            lvc.run("verify", "--approach", "b").out())
                    .contains("equal: 10 live keys"));
        }
    }

    private static void produce(RedpandaBroker broker, String topic, int records)
            throws InterruptedException, ExecutionException {
        Map<String, Object> connection =
                Map.of("bootstrap.servers", broker.brokers(), "delivery.timeout.ms", 5000, "request.timeout.ms", 4000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
            List<java.util.concurrent.Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < records; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, "key-" + i, "v" + i)));
            }
            for (java.util.concurrent.Future<?> each : sent) {
                each.get();
            }
        }
    }

    private static String get(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).build());
    }

    private static void put(String address, String body) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
