package lvc.sandbox.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lvc.sandbox.broker.Logs.OutputRecord;
import lvc.sandbox.config.ClusterConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How a broker starts, stops, and survives being killed. */
class BrokerLifeTest {

    @TempDir
    Path directory;

    private static Broker start(Path directory, int port) throws Exception {
        return Broker.start(new BrokerOptions(directory, port), new ClusterConfig(), topic -> Optional.empty());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    @Test
    void a_broker_leaves_no_thread_behind_that_keeps_the_process_alive() throws Exception {
        // Given
        Set<Thread> before = threads();

        // When
        try (Broker broker = start(directory, 0);
                Clients clients = new Clients(broker.bootstrap())) {
            clients.create("t", 1, Map.of());
            clients.produce("t", "k", "v");
        }

        // Then: Kafka's threads count down the latch that is waited for a moment before they end
        Set<Thread> left = threads();
        left.removeAll(before);
        for (Thread thread : left) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as("%s still runs", thread).isFalse();
        }
    }

    @Test
    void a_taken_port_is_named_and_the_directory_stays_usable() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When, Then
            assertThatExceptionOfType(PortTaken.class)
                    .isThrownBy(() -> start(directory, other.getLocalPort()))
                    .satisfies(taken -> assertThat(taken.port()).isEqualTo(other.getLocalPort()))
                    .withMessageContaining(Integer.toString(other.getLocalPort()));
        }
        try (Broker broker = start(directory, 0)) {
            assertThat(broker.topics()).isEmpty();
        }
    }

    @Test
    void a_second_broker_in_the_same_directory_is_refused_and_the_first_goes_on() throws Exception {
        try (Broker first = start(directory, 0);
                Clients clients = new Clients(first.bootstrap())) {
            // When, Then
            assertThatExceptionOfType(DirectoryTaken.class)
                    .isThrownBy(() -> start(directory, 0))
                    .satisfies(taken -> assertThat(taken.directory()).isEqualTo(directory));
            clients.create("still-there", 1, Map.of());
            assertThat(first.faults()).isEmpty();
        }
    }

    @Test
    void what_was_written_is_there_after_kill_9_and_nothing_was_printed() throws Exception {
        // Given
        Path printed = directory.resolve("printed");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Written.class.getName(),
                        directory.toString())
                .redirectError(printed.toFile())
                .start();
        String id;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(other.getInputStream(), UTF_8))) {
            id = lines.readLine();

            // When
            other.destroyForcibly().waitFor();
        }

        // Then
        try (Broker broker = start(directory, 0);
                Clients clients = new Clients(broker.bootstrap())) {
            assertThat(printed).isEmptyFile();
            assertThat(broker.clusterId()).isEqualTo(id);
            assertThat(clients.consume("kept")).containsExactly("0:k=appended", "1:k=produced");
            assertThat(clients.produce("kept", "k", "more").offset()).isEqualTo(2);
            assertThat(broker.faults()).isEmpty();
        }
    }

    @Test
    void a_directory_of_something_else_is_refused() throws Exception {
        // Given
        Files.writeString(directory.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=other\n");

        // When, Then
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> start(directory, 0))
                .withMessageContaining("7");
    }

    /** Another process: writes, says so, and waits to be killed. */
    static final class Written {
        private Written() {}

        public static void main(String[] arguments) throws Exception {
            try (Broker broker = start(Path.of(arguments[0]), 0);
                    Clients clients = new Clients(broker.bootstrap())) {
                clients.create("kept", 1, Map.of());
                broker.append(
                        "kept",
                        0,
                        List.of(new OutputRecord("k".getBytes(UTF_8), "appended".getBytes(UTF_8), List.of())),
                        "none");
                clients.produce("kept", "k", "produced");
                System.out.println(broker.clusterId());
                System.in.read();
            }
        }
    }
}
