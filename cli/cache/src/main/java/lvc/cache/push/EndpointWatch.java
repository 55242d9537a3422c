package lvc.cache.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows the pods of a Service: lists its EndpointSlices, watches them from there, and lists them again when the watch
 * ends. While the API server is away the pods are those that were known last.
 */
final class EndpointWatch implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WATCH = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final KubernetesApi api;
    private final String list;
    private final ScheduledExecutorService guard;
    private final Consumer<Map<PodAddress, Boolean>> pods;
    private final WatchHealth health;
    private final Slices slices = new Slices();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "lvc-endpoints");
        made.setDaemon(true);
        return made;
    });

    /**
     * Asks for nothing yet.
     *
     * @param guard ends watches that the API server has forgotten
     * @param health told how it goes
     */
    EndpointWatch(
            KubernetesApi api,
            PodTargets service,
            ScheduledExecutorService guard,
            Consumer<Map<PodAddress, Boolean>> pods,
            WatchHealth health) {
        this.api = api;
        this.list = "/apis/discovery.k8s.io/v1/namespaces/" + encoded(service.namespace())
                + "/endpointslices?labelSelector=" + encoded("kubernetes.io/service-name=" + service.service());
        this.guard = guard;
        this.pods = pods;
        this.health = health;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    void start() {
        thread.execute(this::pass);
    }

    private void pass() {
        try {
            watch(list());
        } catch (IOException | RuntimeException e) {
            if (thread.isShutdown()) {
                return;
            }
            health.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!thread.isShutdown()) {
            Future<?> unused = thread.schedule(this::pass, health.delayMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Returns the version from which a watch goes on. */
    private String list() throws IOException, InterruptedException {
        try (InputStream in = api.get(list)) {
            JsonNode found = within(GRACE, in, () -> JSON.readTree(in));
            slices.clear();
            found.path("items").forEach(slices::put);
            pods.accept(slices.pods());
            return found.at("/metadata/resourceVersion").asText();
        }
    }

    private void watch(String version) throws IOException, InterruptedException {
        String from = list + "&watch=1&allowWatchBookmarks=true&timeoutSeconds=" + WATCH.toSeconds()
                + "&resourceVersion=" + encoded(version);
        try (InputStream in = api.get(from);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            health.watching();
            within(WATCH.plus(GRACE), in, () -> {
                lines.lines()
                        .map(EndpointWatch::read)
                        .takeWhile(this::take)
                        .forEach(event -> pods.accept(slices.pods()));
                return version;
            });
        }
    }

    /** Something that is read. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Reads, and reads no longer than that: an API server may have forgotten who it was answering. */
    private <T> T within(Duration time, InputStream in, Reading<T> reading) throws IOException {
        Future<?> end = guard.schedule(() -> close(in), time.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return reading.read();
        } finally {
            end.cancel(false);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False when the watch cannot go on: its version is too old, or something else is wrong. */
    private boolean take(JsonNode event) {
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> slices.put(event.path("object"));
            case "DELETED" -> slices.remove(event.path("object"));
            case "BOOKMARK" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
