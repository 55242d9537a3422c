package lvc.acceptance.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lvc.acceptance.real.Topics.Entry;
import lvc.acceptance.sandbox.ChildSandbox;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A transform compiled with Redpanda's own Rust SDK, with SIMD as {@code rpk transform build} turns it on, runs on the
 * sandbox as it is and within Redpanda's default memory.
 */
class RustTransformIT {

    @Test
    void identityCopiesRecordsWithinTheDefaultMemory() throws Exception {
        // Given
        Path module = RealComponent.RUST_TRANSFORM.require();
        List<Entry> written = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            written.add(Entry.of(0, "key-" + i % 90, i % 5 == 0 ? null : "v".repeat(i), "h=" + i, "empty=null"));
        }
        try (ChildSandbox sandbox = ChildSandbox.start()) {
            Topics topics = new Topics(sandbox.brokers());
            topics.create(1, "source", "destination");
            topics.produce("source", written);

            // When
            new AdminApi(sandbox.admin()).deploy(module, "copy", "source", "destination", Map.of());

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> topics.size("destination") == written.size());
            assertThat(topics.read("destination")).isEqualTo(written);
        }
    }
}
