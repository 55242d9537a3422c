package lvc.sandbox.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import lvc.sandbox.config.ClusterConfig.Rejected;
import lvc.sandbox.config.ClusterConfig.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ClusterConfigTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void startsWithTheDefaultsAndTransformsEnabled() {
        // When
        ClusterConfig config = new ClusterConfig();

        // Then
        assertThat(config.flag("data_transforms_enabled")).isTrue();
        assertThat(config.number("data_transforms_commit_interval_ms")).isEqualTo(3000);
        assertThat(config.number("data_transforms_per_function_memory_limit")).isEqualTo(2 << 20);
        assertThat(config.list("kafka_noproduce_topics")).isEmpty();
        assertThat(config.list("kafka_nodelete_topics"))
                .containsExactly("_redpanda.audit_log", "__consumer_offsets", "_schemas");
        assertThat(config.text("cloud_storage_bucket")).isEmpty();
        assertThat(config.status().version()).isEqualTo(1);
    }

    @Test
    void aLiveChangeIsSeenAtOnceUnderANewVersion() throws Rejected {
        // Given
        ClusterConfig config = new ClusterConfig();

        // When
        long version = config.update(upsert("kafka_noproduce_topics", List.of("primary")), true, false);

        // Then
        assertThat(version).isEqualTo(2);
        assertThat(config.list("kafka_noproduce_topics")).containsExactly("primary");
        assertThat(config.status()).isEqualTo(new ClusterConfig.Status(2, false, List.of(), List.of()));
    }

    @Test
    void aChangeThatNeedsARestartIsStoredButNotSeen() throws Rejected {
        // Given
        ClusterConfig config = new ClusterConfig();

        // When
        config.update(upsert("data_transforms_per_function_memory_limit", 100 << 20), true, false);

        // Then
        assertThat(config.number("data_transforms_per_function_memory_limit")).isEqualTo(2 << 20);
        assertThat(config.stored(false).get("data_transforms_per_function_memory_limit"))
                .isEqualTo(JSON.getNodeFactory().numberNode(100L << 20));
        assertThat(config.status().restart()).isTrue();
    }

    @Test
    void settingWhatIsAlreadySetKeepsTheVersion() throws Rejected {
        // Given
        ClusterConfig config = new ClusterConfig();
        long first = config.update(upsert("kafka_noproduce_topics", List.of("primary")), true, false);

        // When
        long second = config.update(upsert("kafka_noproduce_topics", List.of("primary")), true, false);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void removePutsBackTheDefault() throws Rejected {
        // Given
        ClusterConfig config = new ClusterConfig();
        config.update(upsert("log_compaction_interval_ms", 50), true, false);

        // When
        config.update(new Update(Map.of(), List.of("log_compaction_interval_ms")), true, false);

        // Then
        assertThat(config.number("log_compaction_interval_ms")).isEqualTo(10_000);
        assertThat(config.stored(false)).doesNotContainKey("log_compaction_interval_ms");
    }

    @Test
    void everyWrongKeyIsNamedAndNothingIsChanged() {
        // Given
        ClusterConfig config = new ClusterConfig();
        Map<String, JsonNode> wrong = new HashMap<>();
        wrong.put("no_such_thing", JSON.valueToTree(1));
        wrong.put("data_transforms_commit_interval_ms", JSON.valueToTree("soon"));
        wrong.put("data_transforms_binary_max_size", JSON.valueToTree(1));
        wrong.put("log_cleanup_policy", JSON.valueToTree("burn"));
        wrong.put("kafka_noproduce_topics", JSON.valueToTree("primary"));
        wrong.put("default_topic_partitions", JSON.nullNode());
        wrong.put("log_compaction_interval_ms", JSON.valueToTree(1));

        // When
        Rejected rejected = catchThrowableOfType(
                Rejected.class, () -> config.update(new Update(wrong, List.of("nor_this")), true, false));

        // Then
        assertThat(rejected.errors())
                .containsEntry("no_such_thing", "Unknown property")
                .containsEntry("nor_this", "Unknown property")
                .containsEntry("data_transforms_commit_interval_ms", "expected type integer")
                .containsEntry("data_transforms_binary_max_size", "too small, must be at least 1048576")
                .containsEntry("kafka_noproduce_topics", "expected an array of strings")
                .containsEntry("default_topic_partitions", "expected type integer")
                .containsOnlyKeys(
                        "no_such_thing",
                        "nor_this",
                        "data_transforms_commit_interval_ms",
                        "data_transforms_binary_max_size",
                        "log_cleanup_policy",
                        "kafka_noproduce_topics",
                        "default_topic_partitions");
        assertThat(config.number("log_compaction_interval_ms")).isEqualTo(10_000);
        assertThat(config.status().version()).isEqualTo(1);
    }

    @Test
    void aDryRunChecksAndChangesNothing() throws Rejected {
        // Given
        ClusterConfig config = new ClusterConfig();

        // When
        long version = config.update(upsert("log_compaction_interval_ms", 50), true, true);

        // Then
        assertThat(version).isEqualTo(1);
        assertThat(config.number("log_compaction_interval_ms")).isEqualTo(10_000);
    }

    @Test
    void whatIsForcedInWronglyShowsInTheStatusAndHasNoEffect() throws Rejected {
        // Given
        ClusterConfig config = new ClusterConfig();
        Map<String, JsonNode> wrong = new HashMap<>();
        wrong.put("no_such_thing", JSON.valueToTree(1));
        wrong.put("log_compaction_interval_ms", JSON.valueToTree("soon"));

        // When
        config.update(new Update(wrong, List.of()), false, false);

        // Then
        assertThat(config.status().unknown()).containsExactly("no_such_thing");
        assertThat(config.status().invalid()).containsExactly("log_compaction_interval_ms");
        assertThat(config.number("log_compaction_interval_ms")).isEqualTo(10_000);
    }

    @Test
    void aliasesNameTheSameProperty() throws Rejected {
        // Given
        ClusterConfig config = new ClusterConfig();

        // When
        config.update(upsert("delete_retention_ms", 1000), true, false);

        // Then
        assertThat(config.number("log_retention_ms")).isEqualTo(1000);
        assertThat(config.stored(false)).containsKey("log_retention_ms").doesNotContainKey("delete_retention_ms");
    }

    @Test
    void secretsAreMaskedAndTheMaskIsNoValue() throws Rejected {
        // Given
        ClusterConfig config = new ClusterConfig();
        config.update(upsert("cloud_storage_secret_key", "s3cr3t"), true, false);

        // When
        long version = config.update(upsert("cloud_storage_secret_key", "[secret]"), true, false);

        // Then
        assertThat(config.stored(true)).containsEntry("cloud_storage_secret_key", JSON.valueToTree("[secret]"));
        assertThat(version).isEqualTo(2);
    }

    @Test
    void theNodeSeesAChangeOnlyAfterTheDelay() throws Rejected {
        // Given
        Faults faults = new Faults();
        faults.set(Faults.Fault.CONFIG_DELAY_MS, "500");
        AtomicLong clock = new AtomicLong();
        ClusterConfig config = new ClusterConfig(faults, null, clock::get);

        // When
        config.update(upsert("kafka_noproduce_topics", List.of("primary")), true, false);

        // Then
        clock.set(Duration.ofMillis(499).toNanos());
        assertThat(config.list("kafka_noproduce_topics")).isEmpty();
        assertThat(config.status().version()).isEqualTo(1);
        assertThat(config.stored(false)).containsKey("kafka_noproduce_topics");
        clock.set(Duration.ofMillis(500).toNanos());
        assertThat(config.list("kafka_noproduce_topics")).containsExactly("primary");
        assertThat(config.status().version()).isEqualTo(2);
    }

    @Test
    void whatWasSetOutlivesTheProcessAndRestartsTakeEffect(@TempDir Path directory) throws Exception {
        // Given
        ClusterConfig before = ClusterConfig.open(directory, new Faults());
        before.update(upsert("data_transforms_per_function_memory_limit", 100 << 20), true, false);
        before.update(upsert("kafka_noproduce_topics", List.of("primary")), true, false);

        // When
        ClusterConfig after = ClusterConfig.open(directory, new Faults());

        // Then
        assertThat(after.number("data_transforms_per_function_memory_limit")).isEqualTo(100 << 20);
        assertThat(after.list("kafka_noproduce_topics")).containsExactly("primary");
        assertThat(after.status()).isEqualTo(new ClusterConfig.Status(3, false, List.of(), List.of()));
    }

    @Test
    void aBrokenFileIsAnErrorAndNotAFreshCluster(@TempDir Path directory) throws Exception {
        // Given
        Files.writeString(directory.resolve("cluster_config.json"), "{\"version\":");

        // Then
        assertThatThrownBy(() -> ClusterConfig.open(directory, new Faults())).isInstanceOf(java.io.IOException.class);
    }

    @Test
    void putTakesEffectEvenWhereClientsWouldHaveToRestart() {
        // Given
        ClusterConfig config = new ClusterConfig();

        // When
        config.put("data_transforms_enabled", "false");
        config.put("kafka_noproduce_topics", "a, b");

        // Then
        assertThat(config.flag("data_transforms_enabled")).isFalse();
        assertThat(config.list("kafka_noproduce_topics")).containsExactly("a", "b");
        assertThatThrownBy(() -> config.put("no_such_thing", 1)).hasMessageContaining("no_such_thing");
    }

    private static Update upsert(String key, Object value) {
        return new Update(Map.of(key, JSON.valueToTree(value)), List.of());
    }
}
