package lvc.acceptance.kube;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import lvc.adapter.kube.KubeConnection;
import lvc.adapter.kube.KubeForward;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** That what goes through a port-forward arrives, whole, and that whoever leaves is noticed on the other side. */
class KubeForwardIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT = 7000;
    private static final int GREETING = 7;

    private final List<String> broken = new CopyOnWriteArrayList<>();
    private @Nullable KubernetesClient opened;
    private @Nullable KubeForward forwarding;
    private String namespace = "";

    @BeforeEach
    void start(TestInfo test) {
        KubernetesClient client = KubeCluster.shared().client();
        opened = client;
        namespace = "forward-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
        forwarding = new KubeForward(
                new KubeConnection(KubeCluster.shared().kubeconfig(), Optional.empty(), PATIENCE),
                (pod, why) -> broken.add(pod + ": " + why));
    }

    @AfterEach
    void stop() {
        if (forwarding != null) {
            forwarding.close();
        }
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void allArrivesWhenItIsReadMoreSlowlyThanItIsWritten() throws Exception {
        // Given
        byte[] much = new byte[32 << 20];
        new Random(1).nextBytes(much);
        CountDownLatch reading = new CountDownLatch(1);
        try (Listener listener = new Listener((in, out) -> {
                    out.write(GREETING);
                    pass(reading);
                    byte[] read = in.readNBytes(much.length);
                    out.write(read);
                    new DataOutputStream(out).writeLong(sum(read));
                });
                Socket socket = connect(forwarded("pod", listener))) {

            // When
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(socket, much));
            await().during(Duration.ofMillis(500)).until(() -> !written.isDone());
            reading.countDown();

            // Then
            DataInputStream back = new DataInputStream(socket.getInputStream());
            assertThat(back.read()).isEqualTo(GREETING);
            assertThat(sum(back.readNBytes(much.length))).isEqualTo(sum(much));
            assertThat(back.readLong()).isEqualTo(sum(much));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void portOutlivesItsPod() throws Exception {
        try (Listener first = new Listener((in, out) -> out.write(1));
                Listener second = new Listener((in, out) -> out.write(2))) {
            int port = forwarded("pod", first);
            assertThat(answer(port)).isEqualTo(1);

            client().resource(pod("pod")).withGracePeriod(0).delete();
            client().resource(pod("pod")).waitUntilCondition(Objects::isNull, PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer(port)).isEqualTo(-1);
            assertThat(broken).contains("pod: there is no such pod");

            KubeCluster.shared().forward(namespace, "pod", Map.of(PORT, second.port()));
            run("pod");
            await().atMost(PATIENCE).until(() -> answer(port) == 2);
        }
    }

    @Test
    void nobodyListensInThePod() throws Exception {
        Listener gone = new Listener((in, out) -> {});
        gone.close();

        KubeCluster.shared().forward(namespace, "pod", Map.of(PORT, gone.port()));
        run("pod");
        int port = forward().forward(namespace, "pod", PORT, 0);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(answer(port)).isEqualTo(-1);
            assertThat(broken).last().asString().startsWith("pod: ").contains("connection refused");
        });
    }

    @Test
    void portThatIsTakenIsHadOnceItIsFree() throws Exception {
        try (Listener inPod = new Listener((in, out) -> out.write(2))) {
            forwarded("pod", inPod);
            Listener other = new Listener((in, out) -> out.write(1));
            int port = other.port();

            assertThat(forward().forwardIfFree(namespace, "pod", PORT, port)).isEmpty();
            forward().forwardOnceFree(namespace, "pod", PORT, port);
            assertThat(answer(port)).isEqualTo(1);

            other.close();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> answer(port) == 2);
        }
    }

    /** Makes a pod whose port leads to a listener that speaks first; the port of this machine that is forwarded there. */
    private int forwarded(String name, Listener listener) {
        KubeCluster.shared().forward(namespace, name, Map.of(PORT, listener.port()));
        run(name);
        int port = forward().forward(namespace, name, PORT, 0);
        // The cluster takes some time to know what a test has said about a port.
        await().atMost(PATIENCE).until(() -> answer(port) >= 0);
        broken.clear();
        return port;
    }

    private void run(String name) {
        client().resource(pod(name)).create();
        client().resource(pod(name)).waitUntilReady(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("any")
                .withImage("any:1")
                .endContainer()
                .endSpec()
                .build();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** The first byte that comes back; -1 when the connection ends without one. */
    private static int answer(int port) throws IOException {
        try (Socket socket = connect(port)) {
            return socket.getInputStream().read();
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    private KubernetesClient client() {
        return Objects.requireNonNull(opened);
    }

    private KubeForward forward() {
        return Objects.requireNonNull(forwarding);
    }
}
