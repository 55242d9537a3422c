package lvc.sandbox.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.sandbox.config.ClusterConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Compaction that can be watched. */
class CompactionTest {

    private static final Map<String, String> AGGRESSIVE = Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "1000",
            "min.cleanable.dirty.ratio", "0.01",
            "max.compaction.lag.ms", "1000",
            "delete.retention.ms", "1000");

    @TempDir
    Path directory;

    @Test
    void compaction_shows_without_another_record_arriving_and_removes_tombstones() throws Exception {
        try (Broker broker =
                        Broker.start(new BrokerOptions(directory, 0), new ClusterConfig(), topic -> Optional.empty());
                Clients clients = new Clients(broker.bootstrap())) {
            // Given
            clients.create("cache", 1, AGGRESSIVE);
            for (String value : List.of("1", "2", "3")) {
                clients.produce("cache", "a", value);
                clients.produce("cache", "b", value);
            }

            // When, Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(clients.consume("cache")).containsExactly("4:a=3", "5:b=3"));

            // When
            clients.produce("cache", "a", null);

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(clients.consume("cache")).containsExactly("5:b=3", "6:a=null"));
            assertThat(broker.faults()).isEmpty();
        }
    }
}
