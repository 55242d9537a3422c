package lvc.adapter.kube;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PodPortTest {
    /** The system takes connections for as long as a thread is still about to leave its wait for one. */
    @RepeatedTest(200)
    void nobodyConnectsOnceItIsClosed() {
        ExecutorService threads = Executors.newCachedThreadPool();
        PodPort pod = new PodPort(
                (socket, ended) -> {
                    throw new IllegalStateException("nobody is to be led there");
                },
                threads,
                why -> {});
        int port = pod.listen(0).orElseThrow();
        pod.close();

        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
        threads.shutdownNow();
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }
}
