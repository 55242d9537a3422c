package lvc.acceptance.adapter;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaCluster;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The list of topics that nobody may produce to; one for the cluster, so each test has a cluster of its own. */
@Timeout(120)
class FencingIT {
    private static final String FENCE = "kafka_noproduce_topics";

    private final ChildSandbox sandbox = ChildSandbox.start();
    private final RedpandaCluster cluster = new RedpandaCluster(new AdminApi(
            new AdminApi.Connection(List.of(URI.create(sandbox.admin())), Optional.empty(), Optional.empty()),
            Duration.ofSeconds(20)));

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void a_listed_topic_takes_no_records_until_it_is_taken_from_the_list() throws Exception {
        String topic = sandbox.topic(1, Map.of());
        String other = sandbox.topic(1, Map.of());
        produce(topic);

        long raised = cluster.set(FENCE, List.of(topic));

        assertThat(cluster.setting(FENCE)).contains(topic);
        assertThat(cluster.configVersions()).isNotEmpty().allSatisfy((node, version) -> assertThat(version)
                .isGreaterThanOrEqualTo(raised));
        assertThatThrownBy(() -> produce(topic)).hasCauseInstanceOf(TopicAuthorizationException.class);
        produce(other);

        long lowered = cluster.set(FENCE, List.of());

        assertThat(lowered).isGreaterThan(raised);
        assertThat(cluster.setting(FENCE)).contains("");
        produce(topic);
    }

    @Test
    void what_is_set_already_is_no_new_version() {
        long first = cluster.set(FENCE, List.of("a", "b"));

        assertThat(cluster.set(FENCE, List.of("a", "b"))).isEqualTo(first);
        assertThat(cluster.set(FENCE, List.of("b", "a"))).isGreaterThan(first);
    }

    @Test
    void a_refusal_is_told_with_its_reason() {
        Fault fault = catchThrowableOfType(Fault.class, () -> cluster.set("no_such_property", List.of("a")));

        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.why()).endsWith("no_such_property: Unknown property");
    }

    private void produce(String topic) throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.brokers()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "k", "v")).get();
        }
    }
}
