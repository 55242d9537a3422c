package lvc.cache.push;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import lvc.cache.topic.Notice;
import lvc.cache.topic.ServedTopic;

/** Tells targets what changes. Each of them goes at its own pace. */
public final class Push implements AutoCloseable {
    private static final int THREADS = 2;

    private final PushSettings settings;
    private final PushMetrics metrics;
    /** Once it is shut down, who still wakes it is not told: he is in the middle of taking in records. */
    private final ScheduledExecutorService scheduler =
            new ScheduledThreadPoolExecutor(THREADS, Push::daemon, new ThreadPoolExecutor.DiscardPolicy());

    private final HttpClient http;
    private final List<Runnable> open = new ArrayList<>();

    /** Tells nobody yet. */
    public Push(PushSettings settings, PushMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(scheduler)
                .build();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "lvc-push");
        thread.setDaemon(true);
        return thread;
    }

    /** From now on tells a target what changes in a topic. */
    public void to(ServedTopic topic, Target target) {
        Lane lane = lane(topic, target.address(), target.format(), true);
        synchronized (open) {
            open.add(lane::close);
        }
    }

    /**
     * From now on tells every ready pod of a Service what changes in some topics.
     *
     * @param notices told when the pods cannot be asked for
     */
    public void toPods(List<ServedTopic> topics, PodTargets pods, KubernetesApi api, Consumer<Notice> notices) {
        String service = pods.namespace() + "/" + pods.service();
        WatchHealth health = new WatchHealth(service, metrics.watchFailed(service), notices);
        PodLanes lanes = new PodLanes(address -> topics.stream()
                .map(topic -> lane(topic, pods.address(address), pods.format(), false))
                .toList());
        EndpointWatch watch = new EndpointWatch(api, pods, scheduler, lanes::are, health);
        synchronized (open) {
            open.add(watch::close);
            open.add(lanes::close);
        }
        watch.start();
    }

    private Lane lane(ServedTopic topic, URI address, PushFormat format, boolean ready) {
        PushMetrics.Of counted = metrics.of(topic.name(), address.toString());
        Delivery delivery = new Delivery(http, address, settings, scheduler, counted);
        return new Lane(topic, format, ready, delivery, counted, scheduler);
    }

    /** Tells nobody any more. */
    @Override
    public void close() {
        synchronized (open) {
            open.forEach(Runnable::run);
            open.clear();
        }
        scheduler.shutdownNow();
    }
}
