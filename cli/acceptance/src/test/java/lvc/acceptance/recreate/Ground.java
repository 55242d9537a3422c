package lvc.acceptance.recreate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.journal.KafkaJournal;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaCluster;
import lvc.adapter.redpanda.RedpandaTransforms;
import lvc.core.port.Journal;
import lvc.core.recreate.History;
import lvc.core.topic.Approach;
import lvc.core.transform.TransformState;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A sandbox with short waits, and what is true of it after a recreate that lost nothing. */
final class Ground implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String FENCE = "kafka_noproduce_topics";
    private static final String[] SHORT_COMMITS = {"--commit-interval", "100ms"};
    private static final Map<String, String> SHORT = Map.of(
            "LVC_RECREATE_SETTLE", "200ms",
            "LVC_RECREATE_HEARTBEAT", "200ms");

    private final ChildSandbox sandbox;
    private final Lvc lvc;
    private final RedpandaCluster cluster;
    private final RedpandaTransforms transforms;

    private Ground(ChildSandbox sandbox, String brokers, String adminApi, Map<String, String> waits) {
        this.sandbox = sandbox;
        Map<String, String> variables = new HashMap<>(waits);
        variables.put("LVC_BROKERS", brokers);
        variables.put("LVC_ADMIN", adminApi);
        this.lvc = new Lvc(variables);
        AdminApi admin = new AdminApi(
                new AdminApi.Connection(List.of(URI.create(sandbox.admin())), Optional.empty(), Optional.empty()),
                PATIENCE);
        this.cluster = new RedpandaCluster(admin);
        this.transforms = new RedpandaTransforms(admin);
        journal().take().close();
    }

    private static Ground direct(ChildSandbox sandbox, Map<String, String> waits) {
        return new Ground(sandbox, sandbox.brokers(), sandbox.admin(), waits);
    }

    /** With a commit interval of 100 ms and everything else as short. */
    static Ground withShortWaits() {
        return direct(ChildSandbox.start(SHORT_COMMITS), SHORT);
    }

    /** As Redpanda and lvc have them where nobody says otherwise. */
    static Ground withDefaultWaits() {
        return direct(ChildSandbox.start(), Map.of());
    }

    /** With short waits, and lvc sees the cluster through links that can be broken; nobody else does. */
    static Ground behind(Relay brokers, Relay adminApi) {
        List<String> options = new ArrayList<>(List.of(SHORT_COMMITS));
        options.addAll(List.of("--forwarded-kafka-port", Integer.toString(brokers.port())));
        ChildSandbox sandbox = ChildSandbox.start(options.toArray(String[]::new));
        brokers.leadTo(sandbox.forwardTo());
        adminApi.leadTo(URI.create(sandbox.admin()).getAuthority());
        return new Ground(sandbox, brokers.address(), "http://" + adminApi.address(), SHORT);
    }

    /** A cache and its topics. */
    record Cache(String name, Approach approach) {
        String truth() {
            return name + (approach == Approach.A ? "-source" : "-secondary");
        }

        String hot() {
            return name + (approach == Approach.A ? "-destination" : "-primary");
        }

        /** Where writers write. */
        String input() {
            return approach == Approach.A ? truth() : hot();
        }

        String[] flags(String command, String... more) {
            List<String> all =
                    new ArrayList<>(List.of(command, "--cache", name, "--approach", approach.letter(), "--yes"));
            all.addAll(List.of(more));
            return all.toArray(String[]::new);
        }
    }

    Lvc lvc() {
        return lvc;
    }

    ChildSandbox sandbox() {
        return sandbox;
    }

    RedpandaCluster cluster() {
        return cluster;
    }

    RedpandaTransforms transforms() {
        return transforms;
    }

    Map<String, Object> connection() {
        return sandbox.connection();
    }

    Journal journal() {
        return new KafkaJournal(connection(), PATIENCE);
    }

    /** Whether a run has begun and not ended. */
    boolean unfinished() {
        return History.of(journal().read()).unfinished().isPresent();
    }

    /** Makes a new cache. */
    Cache cache(String name, Approach approach, int partitions) {
        Cache cache = new Cache(name, approach);
        Lvc.Result created = lvc.with(Map.of("LVC_CACHE_" + key(name) + "_PARTITIONS", Integer.toString(partitions)))
                .run(cache.flags("create-topics"));
        assertThat(created.exit()).as(created.err()).isZero();
        return cache;
    }

    /** Goes on with the run until it is done, at most three times: each time it may find something to be told. */
    void resumeToTheEnd() {
        Lvc.Result last = lvc.run("recreate", "--resume", "--yes");
        for (int again = 0; again < 2 && last.exit() == 6; again++) {
            last = lvc.run("recreate", "--resume", "--yes");
        }
        assertThat(last.exit()).as(last.err()).isZero();
    }

    /** Turns every fault off and leaves a run that a failed test left lying. */
    void tidy() {
        for (String fault : List.of(
                "BATCH_DELAY_MS",
                "DEPLOY_503",
                "DEPLOY_504_AFTER_APPLY",
                "METRICS_503",
                "LIST_500",
                "ADMIN_DROP",
                "ADMIN_REDIRECT")) {
            fault(fault, "");
        }
        if (unfinished()) {
            lvc.run("recreate", "--abandon", "--yes");
        }
        transforms.list().forEach(each -> transforms.delete(each.name()));
    }

    /** Makes room for other transforms: a cluster has ten at most. */
    void retire(Cache cache) {
        transforms.list().stream()
                .filter(each -> each.uses(cache.hot()) || each.uses(cache.truth()))
                .forEach(each -> transforms.delete(each.name()));
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Sets something of a topic. */
    void set(String topic, String setting, String value) {
        try (Admin admin = Admin.create(connection())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    Writer writer(Cache cache, String prefix, int keys) {
        return new Writer(connection(), cache.input(), prefix, keys);
    }

    /** Topics that nobody may produce to. */
    String fence() {
        return cluster.setting(FENCE).orElse("");
    }

    void fence(List<String> topics) {
        cluster.set(FENCE, topics);
    }

    /** Turns a fault switch on, or off with an empty value. */
    void fault(String name, String value) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.admin() + "/sandbox/faults"))
                .PUT(BodyPublishers.ofString("{\"" + name + "\":\"" + value + "\"}"))
                .build();
        try {
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Live keys and values of a topic, as a reader that reads it from the start has them. */
    Map<String, String> fold(String topic) {
        Map<String, Object> settings = new HashMap<>(connection());
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        Map<String, String> live = new TreeMap<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(100))) {
                    if (each.value() == null) {
                        live.remove(each.key());
                    } else {
                        live.put(each.key(), each.value());
                    }
                }
            }
        }
        return live;
    }

    /** Waits until a number has grown. */
    static void awaitMore(LongSupplier number, long than) {
        await().atMost(PATIENCE).until(() -> number.getAsLong() > than);
    }

    /** Everyday transforms of a cache. */
    List<TransformState> forwards(Cache cache) {
        String output = cache.approach() == Approach.A ? cache.hot() : cache.truth();
        return transforms.list().stream()
                .filter(each -> each.uses(cache.hot()) || each.uses(cache.truth()))
                .peek(each -> assertThat(each.reads(cache.input()) && each.writesOnly(output))
                        .as("%s is the everyday transform", each)
                        .isTrue())
                .toList();
    }

    /** Everyday life: one transform, running; no fence; no run that is unfinished. */
    void assertAtWork(Cache cache) {
        assertThat(fence()).as("fence").isEmpty();
        assertThat(unfinished()).as("a run is unfinished").isFalse();
        assertThat(forwards(cache)).singleElement().satisfies(each -> assertThat(each.runsEverywhere())
                .as("%s runs", each)
                .isTrue());
    }

    /** Both topics come to hold what was written last. */
    void assertHolds(Cache cache, Map<String, String> expected) {
        assertFold(cache.input(), expected);
        String output = cache.approach() == Approach.A ? cache.hot() : cache.truth();
        await().atMost(PATIENCE).untilAsserted(() -> assertFold(output, expected));
    }

    private void assertFold(String topic, Map<String, String> expected) {
        Map<String, String> found = fold(topic);
        if (!found.equals(expected)) {
            Map<String, String> different = new TreeMap<>();
            expected.forEach((key, value) -> {
                if (!value.equals(found.get(key))) {
                    different.put(key, "wrote " + value + ", holds " + found.get(key));
                }
            });
            found.forEach((key, value) -> {
                if (!expected.containsKey(key)) {
                    different.put(key, "deleted, holds " + value);
                }
            });
            throw new AssertionError(topic + " has " + different.size() + " other values: "
                    + different.entrySet().stream().limit(10).toList());
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
