package lvc.cache;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import lvc.adapter.journal.KafkaJournal;
import lvc.adapter.kafka.KafkaTopics;
import lvc.adapter.time.SystemPause;
import lvc.cache.http.CacheServer;
import lvc.cache.http.Writes;
import lvc.cache.push.KubernetesApi;
import lvc.cache.push.Push;
import lvc.cache.push.PushMetrics;
import lvc.cache.push.PushSettings;
import lvc.cache.topic.FeedSettings;
import lvc.cache.topic.KafkaLookout;
import lvc.cache.topic.Notice;
import lvc.cache.topic.Run;
import lvc.cache.topic.ServedTopic;
import lvc.cache.topic.TopicFeed;
import lvc.core.fault.Fault;
import lvc.core.port.Journal;
import lvc.core.port.Pause;

/** A cache that is served: topics that are fed, a server that answers, and targets that are told. */
public final class Serving implements AutoCloseable {
    /** How long a look at a topic may take before the brokers count as away. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final Deque<Runnable> open = new ArrayDeque<>();
    private final List<ServedTopic> topics = new ArrayList<>();
    private final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
    private final CacheServer server;
    private final String address;

    /**
     * The brokers.
     *
     * @param connection Kafka client properties: bootstrap.servers and, where needed, security
     * @param timeout how long they may give no answer
     * @param identity what tells a topic from another one of its name where brokers give no topic ids
     */
    public record Brokers(Map<String, Object> connection, Duration timeout, Function<String, String> identity) {
        /** Copies the properties. */
        public Brokers {
            connection = Map.copyOf(connection);
        }
    }

    private Serving(ServeSettings settings, List<String> names, Brokers brokers, Map<String, String> environment) {
        settings.http().v1Topic().filter(topic -> !names.contains(topic)).ifPresent(topic -> {
            throw Fault.usage(
                    ServeSetting.V1_TOPIC.key() + " is wrong",
                    "'" + topic + "' is not served; " + String.join(", ", names) + " is",
                    "name one that is served, or none");
        });
        settings.images().ifPresent(Serving::demandWritable);
        PrometheusRegistry metrics = new PrometheusRegistry();
        try {
            names.forEach(name -> topics.add(feed(name, settings, brokers)));
            server = listen(settings, writes(settings, brokers), metrics);
            open.push(server::close);
            address = (settings.http().tls().isPresent() ? "https" : "http") + "://"
                    + settings.http().host() + ":" + server.port();
            push(settings, environment, metrics);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Begins to serve; topics get ready by and by.
     *
     * @param topics at least one
     * @param environment all environment variables
     * @throws Fault REFUSED when the port is taken, USAGE when the settings make no server
     */
    public static Serving start(
            ServeSettings settings, List<String> topics, Brokers brokers, Map<String, String> environment) {
        return new Serving(settings, topics, brokers, environment);
    }

    private static void demandWritable(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "lvc-", ".probe"));
        } catch (IOException e) {
            throw Fault.usage(
                            ServeSetting.IMAGES.key() + " is wrong",
                            "'" + directory + "' cannot be written to: " + e,
                            "set it to a directory that this user can write to, or to none")
                    .causedBy(e);
        }
    }

    private CacheServer listen(ServeSettings settings, Optional<Writes> writes, PrometheusRegistry metrics) {
        try {
            return CacheServer.start(settings.http(), topics, writes, metrics);
        } catch (IllegalStateException | IllegalArgumentException e) {
            boolean taken = e.getCause() instanceof BindException;
            if (!taken && settings.http().tls().isPresent()) {
                throw Fault.usage(
                                "values are not served",
                                String.valueOf(e.getMessage()),
                                "set " + ServeSetting.TLS_CERTIFICATE_FILE.key() + " and "
                                        + ServeSetting.TLS_KEY_FILE.key() + " to a certificate and its key, in PEM")
                        .causedBy(e);
            }
            throw Fault.refused(
                            "values are not served",
                            String.valueOf(e.getMessage()),
                            "--port 0 picks a free port; lvc config shows the settings")
                    .causedBy(e);
        }
    }

    private ServedTopic feed(String topic, ServeSettings settings, Brokers brokers) {
        Duration look = brokers.timeout().compareTo(LOOK) < 0 ? brokers.timeout() : LOOK;
        KafkaTopics admin = new KafkaTopics(brokers.connection(), look, new SystemPause(), brokers.identity());
        open.push(admin::close);
        Journal journal = new KafkaJournal(brokers.connection(), brokers.timeout());
        TopicFeed feed = new TopicFeed(
                topic,
                new FeedSettings(
                        brokers.connection(),
                        brokers.timeout(),
                        settings.quiet(),
                        settings.changeBytes(),
                        settings.images()),
                new KafkaLookout(admin, topic),
                incarnation -> Run.of(journal.read(), topic, incarnation),
                Clock.systemUTC(),
                notices::add);
        open.push(feed::close);
        return feed.served();
    }

    private Optional<Writes> writes(ServeSettings settings, Brokers brokers) {
        if (!settings.writes()) {
            return Optional.empty();
        }
        ExecutorService threads = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "writes");
            thread.setDaemon(true);
            return thread;
        });
        open.push(threads::shutdownNow);
        KafkaWrites writes = new KafkaWrites(brokers.connection(), brokers.timeout(), threads);
        open.push(writes::close);
        return Optional.of(writes);
    }

    private void push(ServeSettings settings, Map<String, String> environment, PrometheusRegistry metrics) {
        if (settings.targets().isEmpty() && settings.pods().isEmpty()) {
            return;
        }
        Push push = new Push(PushSettings.DEFAULT, new PushMetrics(metrics));
        open.push(push::close);
        topics.forEach(topic -> settings.targets().forEach(target -> push.to(topic, target)));
        settings.pods()
                .ifPresent(pods -> push.toPods(
                        topics,
                        pods,
                        KubernetesApi.inCluster(environment, settings.account())
                                .orElseThrow(() -> Fault.usage(
                                        "the pods of a Service cannot be told",
                                        ServeSetting.PUSH_SERVICE.key() + " is set, and this process does not run in"
                                                + " Kubernetes (KUBERNETES_SERVICE_HOST is not there)",
                                        "deploy manifests/cache-push, or name the targets in "
                                                + ServeSetting.PUSH_TARGETS.key())),
                        notices::add));
    }

    /** Where it listens, as clients of this machine reach it. */
    public String address() {
        return address;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /**
     * Waits for something that whoever runs the cache should know.
     *
     * @throws Pause.Interrupted when this thread is interrupted
     */
    public Notice next() {
        try {
            return notices.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        }
    }

    /** What nobody has waited for: with the last words when it is closed. */
    public List<Notice> rest() {
        List<Notice> rest = new ArrayList<>();
        notices.drainTo(rest);
        return rest;
    }

    /** What is served. */
    public List<ServedTopic> topics() {
        return List.copyOf(topics);
    }

    /** Stops all of it; where images are kept, they are written, even if a person wants to stop. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        while (!open.isEmpty()) {
            open.pop().run();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
