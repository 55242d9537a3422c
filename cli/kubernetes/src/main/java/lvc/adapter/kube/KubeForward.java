package lvc.adapter.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import lvc.core.fault.Fault;

/**
 * Ports of pods on 127.0.0.1. Every connection is forwarded by itself, so that a forward outlives the pod it led to when
 * another one takes its name.
 */
public final class KubeForward implements AutoCloseable {
    private final KubernetesClient client;
    private final BiConsumer<String, String> broken;
    private final List<PodPort> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "port-forward");
        thread.setDaemon(true);
        return thread;
    });

    /** @throws Fault USAGE when there is no such context */
    public KubeForward(KubeConnection connection) {
        this(connection, (pod, why) -> {});
    }

    /**
     * Opens nothing yet.
     *
     * @param broken told the pod and the reason when a connection did not get there or did not stay; by other threads
     * @throws Fault USAGE when there is no such context
     */
    public KubeForward(KubeConnection connection, BiConsumer<String, String> broken) {
        this.client = connection.open();
        this.broken = broken;
    }

    /**
     * Forwards a port. Whether there is such a pod shows when somebody connects.
     *
     * @param local port on 127.0.0.1, 0 for any that is free
     * @return the local port
     * @throws Fault REFUSED when the local port is taken
     */
    public int forward(String namespace, String pod, int port, int local) {
        return forwardIfFree(namespace, pod, port, local)
                .orElseThrow(() -> Fault.refused(
                        "port " + port + " of pod " + namespace + "/" + pod + " not forwarded",
                        "something else listens on 127.0.0.1:" + local,
                        "stop it, then the same command again"));
    }

    /** The same; empty when the local port is taken. */
    public Optional<Integer> forwardIfFree(String namespace, String pod, int port, int local) {
        PodPort opened = port(namespace, pod, port);
        Optional<Integer> bound = opened.listen(local);
        bound.ifPresent(taken -> open.add(opened));
        return bound;
    }

    /** Forwards a port that somebody else listens on, as soon as it is free. */
    public void forwardOnceFree(String namespace, String pod, int port, int local) {
        PodPort opened = port(namespace, pod, port);
        open.add(opened);
        opened.listenOnceFree(local);
    }

    private PodPort port(String namespace, String pod, int port) {
        URI address = URI.create(client.getMasterUrl() + "api/v1/namespaces/" + namespace + "/pods/" + pod
                + "/portforward?ports=" + port);
        return new PodPort(
                (socket, ended) -> Tunnel.open(Tunnel.to(client.getHttpClient(), address), socket, threads, ended),
                threads,
                why -> broken.accept(pod, why));
    }

    @Override
    public void close() {
        open.forEach(PodPort::close);
        threads.shutdown();
        client.close();
    }
}
