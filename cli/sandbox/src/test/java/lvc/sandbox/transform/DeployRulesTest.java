package lvc.sandbox.transform;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.TransformControl.Change;
import lvc.sandbox.transform.TransformControl.Deployment;
import lvc.sandbox.transform.TransformControl.Refused;
import lvc.sandbox.wasm.Modules;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static lvc.sandbox.transform.Bench.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which transforms are refused, and in which words. */
class DeployRulesTest {

    private static final String CREATE = "Invalid create transform configuration";
    private static final String ENVIRONMENT = "Invalid transform environment";
    private static final String NO_TOPIC = "Topic does not exists";

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        bench.faults.set(Fault.NO_PROCESSORS, "true");
        bench.logs.topic("in", 1).topic("out", 1).topic("a", 1).topic("b", 1).topic("c", 1);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void refused(Deployment deployment, int status, String message) {
        refused(deployment, Modules.identity(), status, message);
    }

    private void refused(Deployment deployment, byte[] module, int status, String message) {
        assertThatThrownBy(() -> bench.transforms.deploy(deployment, module))
                .hasMessage(message)
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .extracting(Refused::status)
                .isEqualTo(status);
    }

    private static Deployment with(Map<String, String> environment) {
        return new Deployment("t", "in", List.of("out"), environment, "none", Optional.empty());
    }

    @Test
    void theModuleIsLookedAtFirst() {
        refused(deployment("", "missing"), new byte[10], 400, "invalid WebAssembly module");
    }

    @Test
    void aModuleThatIsTooLargeIsAnErrorOfTheCluster() {
        // Given
        bench.config.put("data_transforms_binary_max_size", 1 << 20);
        byte[] small = Modules.identity();
        // A custom section of 1 MiB, which is 80 80 40 in the module's way of writing numbers.
        byte[] padding = {0, (byte) 0x80, (byte) 0x80, (byte) 0x40, 3, 'p', 'a', 'd'};
        byte[] large = Arrays.copyOf(small, small.length + 4 + (1 << 20));
        System.arraycopy(padding, 0, large, small.length, padding.length);
        // When
        refused(deployment("t", "in", "out"), large, 500, "Unexpected cluster error: Invalid request");
    }

    @ParameterizedTest
    @CsvSource({"REDPANDA_X,1", "A=B,1", "A,''", "'',1", "'A\u0007',1", "A,'1\u0007'"})
    void variablesHaveRules(String key, String value) {
        refused(with(Map.of(key, value)), 400, ENVIRONMENT);
    }

    @Test
    void variablesHaveLimits() {
        // Given
        Map<String, String> tooMany = new TreeMap<>();
        for (int i = 0; i < 129; i++) {
            tooMany.put("K" + i, "v");
        }
        // When
        refused(with(tooMany), 400, ENVIRONMENT);
        refused(with(Map.of("k".repeat(129), "v")), 400, ENVIRONMENT);
        refused(with(Map.of("k", "ü".repeat(1_025))), 400, ENVIRONMENT);
        // Then
        tooMany.remove("K0");
        bench.deploy(with(tooMany), Modules.identity());
        bench.deploy(with(Map.of("k".repeat(128), "ü".repeat(1_024))), Modules.identity());
        assertThat(bench.report("t").environment()).hasSize(1);
    }

    @Test
    void theEnvironmentIsLookedAtBeforeTheTopics() {
        refused(
                new Deployment("t", "missing", List.of(), Map.of("REDPANDA_X", "1"), "none", Optional.empty()),
                400,
                ENVIRONMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with\ncontrol"})
    void namesHaveRules(String name) {
        refused(deployment(name, "in", "out"), 400, CREATE);
    }

    @Test
    void namesHaveALimitInBytes() {
        refused(deployment("ü".repeat(65), "in", "out"), 400, CREATE);
        bench.deploy(deployment("ü".repeat(64), "in", "out"), Modules.identity());
    }

    @Test
    void topicsMustExist() {
        refused(deployment("t", "missing", "out"), 400, NO_TOPIC);
        refused(deployment("t", "in", "missing"), 400, NO_TOPIC);
        refused(deployment("t", "in", "out", "missing"), 400, NO_TOPIC);
    }

    @Test
    void thereAreOneToEightDifferentOutputs() {
        // Given
        String[] nine = new String[9];
        for (int i = 0; i < 9; i++) {
            nine[i] = "o" + i;
            bench.logs.topic(nine[i], 1);
        }
        // When
        refused(deployment("t", "in"), 400, CREATE);
        refused(deployment("t", "in", "out", "out"), 400, CREATE);
        refused(deployment("t", "in", nine), 400, CREATE);
        // Then
        bench.deploy(deployment("t", "in", Arrays.copyOf(nine, 8)), Modules.identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_redpanda.audit_log",
                "__consumer_offsets",
                "_schemas",
                "__transaction_state",
                "_redpanda.transform_logs",
                "fenced"
            })
    void internalAndFencedTopicsAreNoOutputs(String topic) {
        // Given
        bench.logs.topic(topic, 1);
        bench.config.put("kafka_noproduce_topics", List.of("fenced"));
        // When
        refused(deployment("t", "in", topic), 400, CREATE);
    }

    @Test
    void aFencedOutputIsNoObstacleToDeployingTheSameNameAgain() {
        // Given
        bench.deploy(deployment("t", "in", "out"), Modules.holding());
        bench.config.put("kafka_noproduce_topics", List.of("out"));
        // When
        bench.deploy(deployment("t", "in", "out"), Modules.identity());
        // Then
        refused(deployment("another", "in", "out"), 400, CREATE);
    }

    @Test
    void internalTopicsAreNoInputs() {
        bench.logs.topic("__consumer_offsets", 1);
        refused(deployment("t", "__consumer_offsets", "out"), 400, CREATE);
    }

    @Test
    void cyclesAreRefusedEvenThroughPausedTransforms() throws Refused {
        // Given
        bench.deploy(deployment("ab", "a", "b"), Modules.identity());
        bench.deploy(deployment("bc", "b", "out", "c"), Modules.identity());
        bench.transforms.update("ab", new Change(Optional.empty(), Optional.of(true), Optional.empty()));
        // When
        refused(deployment("self", "in", "in"), 400, CREATE);
        refused(deployment("ba", "b", "a"), 400, CREATE);
        refused(deployment("ca", "c", "a"), 400, CREATE);
        // Then
        bench.deploy(deployment("ac", "a", "c"), Modules.identity());
    }

    @Test
    void thereAreAsManyTransformsAsTheMemoryAllows() {
        // Given
        for (int i = 0; i < 10; i++) {
            bench.deploy(deployment("t" + i, "in", "out"), Modules.identity());
        }
        // When
        refused(
                deployment("", "missing"),
                400,
                "The limit of transforms has been reached (10), more memory must be configured via"
                        + " data_transforms_per_core_memory_reservation");
        // Then
        bench.deploy(deployment("t3", "in", "out"), Modules.identity());
    }

    @Test
    void deployingANameAgainChecksOnlyItsTopics() {
        // Given
        bench.deploy(deployment("t", "in", "out"), Modules.identity());
        bench.logs.drop("out");
        // When
        bench.deploy(deployment("t", "in", "out"), Modules.identity());
        // Then
        String message = "Invalid update to transform, topic configuration cannot change";
        refused(deployment("t", "a", "out"), 400, message);
        refused(deployment("t", "in", "b"), 400, message);
        refused(deployment("t", "in", "out", "b"), 400, message);
    }

    @Test
    void changingWhatIsNotThereIsRefused() {
        assertThatThrownBy(() ->
                        bench.transforms.update("t", new Change(Optional.empty(), Optional.of(true), Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage("Transform does not exist");
    }

    @Test
    void changingTheEnvironmentChecksIt() {
        // Given
        bench.deploy(deployment("t", "in", "out"), Modules.identity());
        // When
        assertThatThrownBy(() -> bench.transforms.update(
                        "t", new Change(Optional.of(Map.of("REDPANDA_X", "1")), Optional.empty(), Optional.empty())))
                .hasMessage(ENVIRONMENT);
        // Then
        assertThat(bench.report("t").environment()).isEmpty();
    }

    @Test
    void deletingIsNeverRefused() {
        bench.transforms.delete("nothing of this name");
        bench.deploy(deployment("t", "in", "out"), Modules.identity());
        bench.transforms.delete("t");
        assertThat(bench.transforms.list()).isEmpty();
    }

    @Test
    void aTopicInUseNamesItsUserPausedOrNot() throws Refused {
        // Given
        bench.deploy(deployment("t", "in", "a", "b"), Modules.identity());
        bench.transforms.update("t", new Change(Optional.empty(), Optional.of(true), Optional.empty()));
        // Then
        assertThat(bench.transforms.userOf("in")).contains("t");
        assertThat(bench.transforms.userOf("b")).contains("t");
        assertThat(bench.transforms.userOf("c")).isEmpty();
        bench.transforms.delete("t");
        assertThat(bench.transforms.userOf("in")).isEmpty();
    }
}
