package lvc.cache.http;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import lvc.cache.store.Offsets;
import lvc.cache.topic.Served;
import lvc.cache.topic.ServedTopic;

/**
 * What is measured of the server and of what it serves.
 *
 * <pre>
 *   lvc_cache_requests_total{route,status}      answered
 *   lvc_cache_connections                       open
 *   lvc_cache_streams                           of changes, open
 *   lvc_cache_conflations_total                 readers who were too slow and got the newest values only
 *   lvc_cache_stalled_total                     readers who took nothing, and lost their connection
 *   lvc_cache_keys{topic}                       that have a value
 *   lvc_cache_bytes{topic}                      of memory that hold them
 *   lvc_cache_offset{topic,partition}           last one that is included
 *   lvc_cache_null_keys{topic}                  records without a key, which are nowhere
 *   lvc_cache_freshness{topic,freshness}        1 for what it is
 * </pre>
 */
final class HttpMetrics {
    private static final String TOPIC = "topic";
    private static final int STATUSES = 600;
    private static final List<String> FRESHNESS = List.of("live", "catching-up", "disconnected", "resyncing");

    private final Counter requests;
    private final Gauge streams;
    private final Counter conflations;
    private final Counter stalled;
    private final Map<Route, AtomicReferenceArray<CounterDataPoint>> answered = new EnumMap<>(Route.class);
    private final PrometheusRegistry registry;

    HttpMetrics(PrometheusRegistry registry, List<ServedTopic> topics, AtomicInteger connections) {
        this.registry = registry;
        for (Route route : Route.values()) {
            answered.put(route, new AtomicReferenceArray<>(STATUSES));
        }
        requests = Counter.builder()
                .withoutExemplars()
                .name("lvc_cache_requests_total")
                .help("Requests answered")
                .labelNames("route", "status")
                .register(registry);
        streams = Gauge.builder()
                .name("lvc_cache_streams")
                .help("Streams of changes that are open")
                .register(registry);
        conflations = Counter.builder()
                .name("lvc_cache_conflations_total")
                .help("How often a reader was too slow and went on with the newest values only")
                .register(registry);
        stalled = Counter.builder()
                .name("lvc_cache_stalled_total")
                .help("Readers that took nothing for too long and lost their connection")
                .register(registry);
        GaugeWithCallback.builder()
                .name("lvc_cache_connections")
                .help("Connections that are open")
                .callback(callback -> callback.call(connections.get()))
                .register(registry);
        topics(registry, topics);
    }

    private static void topics(PrometheusRegistry registry, List<ServedTopic> topics) {
        gauge(registry, "lvc_cache_keys", "Keys that have a value", topics, now -> now.image()
                .size());
        gauge(registry, "lvc_cache_bytes", "Bytes of memory that hold keys and values", topics, now -> now.image()
                .bytes());
        gauge(registry, "lvc_cache_null_keys", "Records without a key, which are not served", topics, now -> now.image()
                .nullKeys());
        GaugeWithCallback.builder()
                .name("lvc_cache_offset")
                .help("Last offset that is included")
                .labelNames(TOPIC, "partition")
                .callback(callback -> topics.forEach(topic -> {
                    Offsets offsets = topic.now().image().offsets();
                    for (int i = 0; i < offsets.partitions(); i++) {
                        callback.call((double) offsets.last(i), topic.name(), Integer.toString(i));
                    }
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("lvc_cache_freshness")
                .help("1 for how fresh it is")
                .labelNames(TOPIC, "freshness")
                .callback(callback -> topics.forEach(topic -> {
                    String word = topic.now().freshness().word();
                    FRESHNESS.forEach(each -> callback.call(each.equals(word) ? 1 : 0, topic.name(), each));
                }))
                .register(registry);
    }

    /** What is measured of a topic at one moment. */
    private interface Measure {
        double of(Served now);
    }

    private static void gauge(
            PrometheusRegistry registry, String name, String help, List<ServedTopic> topics, Measure measure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(TOPIC)
                .callback(callback -> topics.forEach(topic -> callback.call(measure.of(topic.now()), topic.name())))
                .register(registry);
    }

    void answered(Route route, int status) {
        AtomicReferenceArray<CounterDataPoint> ofRoute = Objects.requireNonNull(answered.get(route));
        CounterDataPoint point = ofRoute.get(status);
        if (point == null) {
            point = requests.labelValues(route.name().toLowerCase(Locale.ROOT), Integer.toString(status));
            ofRoute.set(status, point);
        }
        point.inc();
    }

    void streamOpened() {
        streams.inc();
    }

    void streamClosed() {
        streams.dec();
    }

    void conflated() {
        conflations.inc();
    }

    void stalled() {
        stalled.inc();
    }

    PrometheusRegistry registry() {
        return registry;
    }
}
