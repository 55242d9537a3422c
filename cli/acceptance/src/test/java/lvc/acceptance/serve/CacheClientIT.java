package lvc.acceptance.serve;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.cache.Serving;
import lvc.client.Bytes;
import lvc.client.CacheClient;
import lvc.client.CachedTopic;
import lvc.client.Subscription;
import lvc.client.Updates;
import lvc.client.Value;
import lvc.client.Written;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The Java client, the server and the brokers together. */
@Timeout(120)
class CacheClientIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private final ChildSandbox sandbox = ChildSandbox.shared();
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private final AtomicInteger snapshots = new AtomicInteger();

    @Test
    void readsItsOwnWrites() throws Exception {
        String topic = sandbox.topic(3, COMPACTED);
        try (Serving serving = Servings.start(sandbox.connection(), Map.of("serve.writes", "true"), topic);
                CacheClient client =
                        CacheClient.at(URI.create(serving.address())).build()) {
            CachedTopic cached = client.topic(topic);
            await().atMost(SOON).until(() -> serving.topics().get(0).now().ready());
            for (int i = 0; i < 50; i++) {
                Written written = cached.put("key/" + i % 7, "value " + i);

                assertThat(cached.get("key/" + i % 7, written)).map(Value::text).contains("value " + i);
            }
            Written gone = cached.delete(Bytes.of("key/0"));
            assertThat(cached.get("key/0", gone)).isEmpty();
        }
    }

    /** The server that it comes back to read the topic from its beginning, and the topic is another one by then. */
    @Test
    void goesOnWhenTheServerAndTheTopicAreNewOnes() throws Exception {
        String topic = sandbox.topic(1, COMPACTED);
        Feeds.write(sandbox, new ProducerRecord<>(topic, "a", "1"), new ProducerRecord<>(topic, "b", "1"));
        Map<String, String> settings = Map.of("serve.quiet", "1s");
        Serving first = Servings.start(sandbox.connection(), settings, topic);
        int port = first.port();
        try {
            try (CacheClient client = CacheClient.at(URI.create(first.address()))
                            .reconnectDelay(Duration.ofMillis(50), Duration.ofMillis(200))
                            .build();
                    Subscription all = client.topic(topic).snapshotAndSubscribe(new Told())) {
                await().atMost(SOON).until(() -> told.equals(Map.of("a", "1", "b", "1")));

                Feeds.createAgain(sandbox, topic, COMPACTED);
                Feeds.write(sandbox, new ProducerRecord<>(topic, "a", "2"), new ProducerRecord<>(topic, "c", "2"));
                await().atMost(SOON).until(() -> told.equals(Map.of("a", "2", "c", "2")));
                assertThat(snapshots).as("snapshots told").hasValue(1);

                first.close();
                Feeds.write(sandbox, new ProducerRecord<>(topic, "c", null), new ProducerRecord<>(topic, "d", "3"));
                try (Serving second =
                        Servings.start(sandbox.connection(), Map.of("serve.port", Integer.toString(port)), topic)) {
                    await().atMost(SOON).until(() -> told.equals(Map.of("a", "2", "d", "3")));
                    assertThat(snapshots).as("snapshots told").hasValue(2);
                    assertThat(second.port()).isEqualTo(port);
                }
                assertThat(all).isNotNull();
            }
        } finally {
            first.close();
        }
    }

    /** Keeps what it is told. */
    private final class Told implements Updates {
        @Override
        public void value(Bytes key, Value value) {
            told.put(key.toString(), value.text());
        }

        @Override
        public void deleted(Bytes key) {
            told.remove(key.toString());
        }

        @Override
        public void complete() {
            snapshots.incrementAndGet();
        }
    }
}
