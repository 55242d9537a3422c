package lvc.acceptance.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import lvc.acceptance.real.RealComponent;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.cache.Serving;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The client of kafka-keyvalue as it is published: it waits, gets, lists and is told of updates by lvc as by its own. */
@Timeout(120)
class KkvClientIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> said = new CopyOnWriteArrayList<>();

    @Test
    void worksUnchanged() throws IOException {
        Path client = RealComponent.KKV_CLIENT.require();
        ChildSandbox sandbox = ChildSandbox.shared();
        String topic = sandbox.topic(2, Map.of("cleanup.policy", "compact"));
        Feeds.write(
                sandbox,
                new ProducerRecord<>(topic, "a", "{\"n\":1}"),
                new ProducerRecord<>(topic, "b", "{\"n\":2}"),
                new ProducerRecord<>(topic, "gone", "{\"n\":3}"),
                new ProducerRecord<>(topic, "gone", null));
        ProcessBuilder program = new ProcessBuilder(
                        "node", client.resolve("client.js").toString())
                .directory(client.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        program.environment().put("KAFKA_KEYVALUE_LOG_LEVEL", "fatal");
        Process node = program.start();
        Thread reader = new Thread(() -> node.inputReader().lines().forEach(this::hear));
        reader.setDaemon(true);
        reader.start();
        try (BufferedWriter to = node.outputWriter()) {
            JsonNode listening = awaitSaid(each -> is(each, "listening"));
            String target = "http://127.0.0.1:" + listening.path("port").asInt()
                    + listening.path("path").asText();
            try (Serving serving = Servings.start(sandbox.connection(), Map.of("serve.push.targets", target), topic)) {
                to.write(json.writeValueAsString(
                        Map.of("cacheHost", serving.address(), "topicName", topic, "key", "a")));
                to.newLine();
                to.flush();

                assertThat(awaitSaid(each -> is(each, "got")).at("/value/n").asInt())
                        .isEqualTo(1);
                assertThat(awaitSaid(each -> is(each, "values")).path("values").findValuesAsText("n"))
                        .containsExactlyInAnyOrder("1", "2");
                assertThat(awaitSaid(each -> is(each, "not-found"))
                                .path("notFound")
                                .asBoolean())
                        .isTrue();

                Feeds.write(
                        sandbox,
                        new ProducerRecord<>(topic, "a", "{\"n\":10}"),
                        new ProducerRecord<>(topic, "c", "{\"n\":30}"));

                awaitSaid(each -> is(each, "update")
                        && each.path("key").asText().equals("a")
                        && each.at("/value/n").asInt() == 10);
                awaitSaid(each -> is(each, "update")
                        && each.path("key").asText().equals("c")
                        && each.at("/value/n").asInt() == 30);
            }
        } finally {
            node.destroy();
        }
    }

    private static boolean is(JsonNode said, String what) {
        return said.path("what").asText().equals(what);
    }

    private void hear(String line) {
        try {
            said.add(json.readTree(line));
        } catch (IOException e) {
            // Other programs' libraries log what they like.
            System.err.println(line);
        }
    }

    private JsonNode awaitSaid(Predicate<JsonNode> what) {
        await().atMost(SOON).until(() -> said.stream().anyMatch(what));
        return said.stream().filter(what).findFirst().orElseThrow();
    }
}
