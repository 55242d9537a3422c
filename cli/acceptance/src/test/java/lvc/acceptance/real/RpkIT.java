package lvc.acceptance.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import lvc.acceptance.real.Command.Outcome;
import lvc.acceptance.sandbox.ChildSandbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Redpanda's own command line says about the sandbox: it must not notice that this is no Redpanda. */
class RpkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private @Nullable ChildSandbox sandbox;
    private Command rpk = new Command(Path.of(""), List.of());

    @AfterEach
    void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @BeforeEach
    void start() {
        Path program = RealComponent.RPK.require();
        ChildSandbox started = ChildSandbox.start(
                "--set", "data_transforms_runtime_limit_ms=60000",
                "--set", "data_transforms_per_function_memory_limit=16777216");
        sandbox = started;
        String admin = started.admin().replace("http://", "");
        rpk = new Command(
                home, List.of(program.toString(), "-X", "brokers=" + started.brokers(), "-X", "admin.hosts=" + admin));
    }

    @Test
    void clusterIsHealthyAndSaysWhoItIs() {
        // When
        Outcome health = rpk.run("cluster", "health");
        Outcome cluster = rpk.run("cluster", "info");
        Outcome brokers = rpk.run("redpanda", "admin", "brokers", "list");
        Outcome license = rpk.run("cluster", "license", "info");

        // Then
        assertThat(cells(health))
                .contains("Healthy: true", "Unhealthy reasons: []", "Controller ID: 0", "All nodes: [0]")
                .contains("Nodes down: []", "Leaderless partitions (0): []");
        assertThat(cells(cluster)).contains("BROKERS", "ID HOST PORT");
        assertThat(cells(cluster)).anyMatch(line -> line.startsWith("redpanda."));
        assertThat(cells(cluster)).anyMatch(line -> line.matches("0\\* 127\\.0\\.0\\.1 [0-9]+"));
        assertThat(cells(brokers)).anyMatch(line -> line.matches("0 127\\.0\\.0\\.1 33145 - [0-9]+ active true .*"));
        assertThat(cells(license)).contains("License violation: false", "Type: free_trial");
        assertThat(license.err()).isEmpty();
    }

    @Test
    void propertiesAreReadSetAndRefused() {
        // When, Then
        assertThat(rpk.run("cluster", "config", "get", "data_transforms_commit_interval_ms")
                        .lines())
                .containsExactly("3000");
        assertThat(rpk.run("cluster", "config", "set", "data_transforms_commit_interval_ms", "500")
                        .lines())
                .singleElement()
                .asString()
                .matches("Successfully updated configuration\\. New configuration version is [0-9]+\\.");
        assertThat(rpk.run("cluster", "config", "get", "data_transforms_commit_interval_ms")
                        .lines())
                .containsExactly("500");
        assertThat(rpk.run("cluster", "config", "set", "data_transforms_per_core_memory_reservation", "41943040")
                        .lines())
                .contains("Cluster needs to be restarted. See more details with 'rpk cluster config status'.");
        assertThat(cells(rpk.run("cluster", "config", "status")))
                .hasSize(2)
                .contains("NODE CONFIG-VERSION NEEDS-RESTART INVALID UNKNOWN")
                .anyMatch(line -> line.matches("0 [0-9]+ true \\[] \\[]"));

        Outcome wrong = rpk.attempt("", "cluster", "config", "set", "data_transforms_commit_interval_ms", "soon");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err().lines())
                .startsWith(
                        "No changes were made: Validation errors:",
                        " * data_transforms_commit_interval_ms: expected type integer");
        Outcome unknown = rpk.attempt("", "cluster", "config", "set", "data_transform_commit_interval", "1");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err().lines()).containsExactly("Unknown property \"data_transform_commit_interval\"");
    }

    @Test
    void topicsAreCreatedWithRedpandaSettingsDescribedAlteredAndDeleted() {
        // When
        Outcome created = rpk.run(
                "topic",
                "create",
                "prices",
                "-p",
                "3",
                "-r",
                "1",
                "-c",
                "cleanup.policy=compact",
                "-c",
                "redpanda.remote.write=true",
                "-c",
                "redpanda.remote.read=true");
        Outcome again = rpk.attempt("", "topic", "create", "prices");
        Outcome nonsense = rpk.attempt("", "topic", "create", "other", "-c", "redpanda.nonsense=1");
        Outcome altered = rpk.run("topic", "alter-config", "prices", "--set", "redpanda.remote.read=false");
        Outcome conflict = rpk.attempt("", "topic", "alter-config", "prices", "--set", "delete.retention.ms=1000");

        // Then
        assertThat(cells(created)).containsExactly("TOPIC STATUS", "prices OK");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(cells(again)).contains("prices TOPIC_ALREADY_EXISTS: Topic 'prices' already exists.");
        assertThat(nonsense.exit()).isEqualTo(1);
        assertThat(cells(nonsense)).anyMatch(line -> line.startsWith("other INVALID_CONFIG: "));
        assertThat(cells(altered)).containsExactly("TOPIC STATUS", "prices OK");
        assertThat(conflict.out())
                .contains("INVALID_CONFIG: Unsupported delete.retention.ms configuration, cannot be enabled at the"
                        + " same time as redpanda.remote.read or redpanda.remote.write.");
        assertThat(cells(rpk.run("topic", "describe", "prices", "-s")))
                .containsExactly("NAME prices", "PARTITIONS 3", "REPLICAS 1");
        assertThat(cells(rpk.run("topic", "describe", "prices", "-c")))
                .contains(
                        "cleanup.policy compact DYNAMIC_TOPIC_CONFIG",
                        "redpanda.remote.write true DYNAMIC_TOPIC_CONFIG",
                        "redpanda.remote.read false DYNAMIC_TOPIC_CONFIG",
                        "redpanda.remote.delete true DEFAULT_CONFIG");
        assertThat(cells(rpk.run("topic", "describe", "prices", "-p"))).contains("2 0 0 [0] 0 0");
        assertThat(cells(rpk.run("topic", "delete", "prices"))).containsExactly("TOPIC STATUS", "prices OK");
        assertThat(cells(rpk.run("topic", "list"))).containsExactly("NAME PARTITIONS REPLICAS");
    }

    @Test
    void recordsAreProducedAndConsumed() {
        // Given
        rpk.run("topic", "create", "t", "-p", "1", "-c", "cleanup.policy=compact");

        // When
        Outcome produced = rpk.feed("a,1\nb,2\na,\n", "topic", "produce", "t", "-f", "%k,%v\n", "-Z", "-H", "h:x");
        Outcome consumed = rpk.run("topic", "consume", "t", "-o", ":end", "-f", "%p %o %k=%v (%V) %h{%k:%v}\n");

        // Then
        assertThat(produced.lines()).hasSize(3).allMatch(line -> line.startsWith("Produced to partition 0 at offset "));
        assertThat(consumed.lines()).containsExactly("0 0 a=1 (1) h:x", "0 1 b=2 (1) h:x", "0 2 a= (0) h:x");
        assertThat(rpk.run("topic", "consume", "t", "-o", "2", "-n", "1").out())
                .contains("\"key\": \"a\"")
                .doesNotContain("\"value\": \"\"");
    }

    @Test
    void noProduceTopicsRefuseProducers() {
        // Given
        rpk.run("topic", "create", "fenced");
        rpk.run("cluster", "config", "set", "kafka_noproduce_topics", "[fenced]");

        // When
        Outcome refused = rpk.attempt("v\n", "topic", "produce", "fenced");
        rpk.run("cluster", "config", "set", "kafka_noproduce_topics", "");
        Outcome accepted = rpk.feed("v\n", "topic", "produce", "fenced");

        // Then
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).startsWith("unable to produce record: TOPIC_AUTHORIZATION_FAILED");
        assertThat(accepted.out()).startsWith("Produced to partition 0 at offset 0 ");
    }

    @Test
    void transformIsDeployedListedPausedResumedReadAndDeleted() {
        // Given
        String module =
                RealComponent.GO_TRANSFORMS.require().resolve("filter.wasm").toString();
        rpk.run("topic", "create", "in", "out", "-p", "2");

        // When
        Outcome deployed = rpk.run(
                "transform",
                "deploy",
                "--file",
                module,
                "--name",
                "shout",
                "-i",
                "in",
                "-o",
                "out",
                "--var",
                "PATTERN=^x",
                "--from-offset",
                "+0");

        // Then
        assertThat(deployed.lines()).containsExactly("transform \"shout\" deployed.");
        awaitLine("shout in out 2 / 2 0");
        assertThat(cells(rpk.run("transform", "list", "-d")))
                .containsExactly("shout, in → out", "PARTITION NODE STATUS LAG", "0 0 running 0", "1 0 running 0");
        assertThat(rpk.run("transform", "list", "--format", "json").out().strip())
                .isEqualTo("[{\"name\":\"shout\",\"input_topic\":\"in\",\"output_topics\":[\"out\"],"
                        + "\"environment\":{\"PATTERN\":\"^x\"},\"running\":\"2 / 2\",\"lag\":0,"
                        + "\"compression\":\"none\"}]");

        // When
        rpk.feed("1,x\n", "topic", "produce", "in", "-f", "%k,%v\n", "-p", "1");
        rpk.feed("2,y\n", "topic", "produce", "in", "-f", "%k,%v\n", "-p", "1");

        // Then
        assertThat(rpk.run("topic", "consume", "out", "-n", "1", "-f", "%p %k=%v\n")
                        .lines())
                .containsExactly("1 1=X");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        rpk.attempt("", "transform", "logs", "shout").lines())
                .containsExactly("kept 1", "left out 2"));

        // When
        Outcome inUse = rpk.attempt("", "topic", "delete", "in", "out");
        Outcome paused = rpk.run("transform", "pause", "shout");

        // Then
        assertThat(cells(inUse))
                .contains(
                        "in CLUSTER_AUTHORIZATION_FAILED: Cluster authorization failed.",
                        "out CLUSTER_AUTHORIZATION_FAILED: Cluster authorization failed.");
        assertThat(paused.lines()).containsExactly("Transform paused!");
        awaitLine("shout in out 0 / 2 0");

        // When
        Outcome resumed = rpk.run("transform", "resume", "shout");

        // Then
        assertThat(resumed.lines()).containsExactly("Transform resumed!");
        awaitLine("shout in out 2 / 2 0");

        // When
        Outcome deleted = rpk.run("transform", "delete", "shout", "--no-confirm");

        // Then
        assertThat(deleted.lines()).containsExactly("Delete successful!");
        assertThat(cells(rpk.run("transform", "list"))).containsExactly("NAME INPUT TOPIC OUTPUT TOPIC RUNNING LAG");
        assertThat(cells(rpk.run("topic", "delete", "in", "out"))).contains("in OK", "out OK");
    }

    @Test
    void impossibleTransformsAreRefusedInRedpandasWords() {
        // Given
        String module = RealComponent.RUST_TRANSFORM.require().toString();
        rpk.run("topic", "create", "a", "b");

        // When
        Outcome noTopic = deploy(module, "copy", "nowhere", "b");
        Outcome cycle = deploy(module, "copy", "a", "a");
        Outcome paused = rpk.attempt("", "transform", "pause", "nobody");

        // Then
        assertThat(noTopic.err().lines()).containsExactly("unable to deploy transform copy: Topic does not exists");
        assertThat(cycle.err().lines())
                .containsExactly("unable to deploy transform copy: Invalid create transform configuration");
        assertThat(paused.err())
                .startsWith("unable to pause transform \"nobody\": ")
                .contains("does not exist");
    }

    private Outcome deploy(String module, String name, String input, String output) {
        Outcome outcome =
                rpk.attempt("", "transform", "deploy", "--file", module, "--name", name, "-i", input, "-o", output);
        assertThat(outcome.exit()).isEqualTo(1);
        return outcome;
    }

    private void awaitLine(String line) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cells(rpk.run("transform", "list")))
                .contains(line));
    }

    /** What was printed, without the alignment: every run of spaces is one, lines without a word are left out. */
    private static List<String> cells(Outcome outcome) {
        return Arrays.stream(outcome.all().split("\n"))
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> line.matches(".*[A-Za-z0-9].*"))
                .toList();
    }
}
