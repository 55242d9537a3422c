package lvc.core.recreate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lvc.core.fault.Fault;
import lvc.core.journal.RunPlan;
import lvc.core.port.Cluster;
import lvc.core.port.Pause;
import lvc.core.port.Topics;
import lvc.core.topic.Ends;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/**
 * Keeps writers away from a topic: the cluster property kafka_noproduce_topics, one list for the whole cluster. Producers
 * get TOPIC_AUTHORIZATION_FAILED, transforms still write (Redpanda source, kafka/server/handlers/produce.cc). A commit of
 * an open transaction is not stopped by it, nor is a write that was under way: so the fence holds only when every broker
 * has the list and nothing moves any more.
 */
public final class Fence {
    /** The cluster property. */
    public static final String PROPERTY = "kafka_noproduce_topics";

    private static final int ATTEMPTS = 5;

    private final Cluster cluster;
    private final Topics topics;
    private final Wait wait;
    private final Pause pause;

    public Fence(Cluster cluster, Topics topics, Wait wait, Pause pause) {
        this.cluster = cluster;
        this.topics = topics;
        this.wait = wait;
        this.pause = pause;
    }

    /** Topics that no producer may write to. */
    public List<String> list() {
        return Stream.of(cluster.setting(PROPERTY).orElse("").split(","))
                .filter(topic -> !topic.isBlank())
                .toList();
    }

    /**
     * Raises the fence where the plan has one, and waits until it holds: no partition has an open transaction, and
     * nothing moves for the settle time.
     *
     * @param still called when nothing has moved for the first time; later it may move again
     * @throws Fault REFUSED when something goes on moving
     */
    void raise(RunPlan plan, Runnable still) {
        String title = "recreate of '" + plan.cache() + "'";
        if (plan.fenced()) {
            raise(title, plan.hot().name(), plan.settle(), still);
        } else {
            awaitStill(title, plan.hot().name(), plan.settle(), false, still);
        }
    }

    /**
     * Raises the fence of a topic and waits until it holds.
     *
     * @param title what stops when it does not
     * @param settle how long nothing may have moved
     * @throws Fault REFUSED when something goes on moving
     */
    void raise(String title, String topic, Duration settle) {
        raise(title, topic, settle, () -> {});
    }

    private void raise(String title, String topic, Duration settle, Runnable still) {
        change(topic, true);
        awaitStill(title, topic, settle, true, still);
    }

    private void awaitStill(String title, String topic, Duration settle, boolean fenced, Runnable begins) {
        if (topics.find(List.of(topic)).isEmpty()) {
            return;
        }
        Still still = new Still(begins);
        wait.inVain("nobody writes to " + topic, () -> {
                    if (fenced && !list().contains(topic)) {
                        throw fell(title, topic);
                    }
                    return still.look(topic, settle, fenced);
                })
                .ifPresent(reason -> {
                    throw Fault.refused(
                            title + " stopped: " + topic + " is written to",
                            reason,
                            fenced
                                    ? "end the transaction of that producer, then the same command again"
                                    : "stop the writers, then the same command again");
                });
    }

    /** Without it writers go on and on, and nobody would ever come to an end of waiting for them. */
    private static Fault fell(String title, String topic) {
        return Fault.unfinished(
                title + " stopped: the fence of " + topic + " fell",
                "somebody took " + topic + " out of " + PROPERTY + " a moment after it was put there",
                "find out who sets that property, then the same command again");
    }

    /** Takes the topic out of the list and waits until every broker knows. */
    void lower(RunPlan plan) {
        if (plan.fenced()) {
            lower(plan.hot().name());
        }
    }

    /** Takes a topic out of the list and waits until every broker knows. */
    void lower(String topic) {
        change(topic, false);
    }

    /**
     * Reads the list, changes one entry, reads it back: another's change in between is not overwritten for long. Before
     * each read all brokers know the newest list, whichever of them answers.
     */
    private void change(String topic, boolean fenced) {
        long version = awaitEverywhere(topic, 0);
        for (int attempt = 1; list().contains(topic) != fenced; attempt++) {
            if (attempt > ATTEMPTS) {
                throw Fault.unfinished(
                        "fence of " + topic + " not changed",
                        "somebody else changes " + PROPERTY + " all the time; it is now " + list(),
                        "find out who sets it, then the same command again");
            }
            List<String> wanted = new ArrayList<>(list());
            wanted.removeIf(topic::equals);
            if (fenced) {
                wanted.add(topic);
            }
            version = awaitEverywhere(topic, Math.max(version, cluster.set(PROPERTY, wanted)));
        }
    }

    /**
     * Waits until every broker has a version of the configuration, and the newest that any of them has.
     *
     * @return the version that all have
     */
    private long awaitEverywhere(String topic, long version) {
        long[] newest = {version};
        wait.until("every broker knows the fence of " + topic, "lvc status; is a broker down?", () -> {
            Map<Integer, Long> versions = new TreeMap<>(cluster.configVersions());
            newest[0] = Math.max(version, versions.isEmpty() ? 0 : Collections.max(versions.values()));
            return versions.entrySet().stream()
                    .filter(node -> node.getValue() < newest[0])
                    .findFirst()
                    .map(node -> Look.waiting("broker " + node.getKey()
                            + (node.getValue() == Cluster.NOT_SAID
                                    ? " does not say which version of the configuration it has"
                                    : " has version " + node.getValue() + " of the configuration")
                            + ", wanted is " + newest[0]))
                    .orElseGet(() -> versions.isEmpty()
                            ? Look.waiting("no broker says which configuration it has")
                            : Look.done());
        });
        return newest[0];
    }

    /** What was seen of the ends of a topic, and since when. */
    private final class Still {
        private Map<Integer, Ends> ends = Map.of();
        private Duration since = Duration.ZERO;
        private Optional<Runnable> begins;

        private Still(Runnable begins) {
            this.begins = Optional.of(begins);
        }

        /**
         * Behind a fence only what was under way can move, and each open transaction is told; without one anything may
         * move, again and again, and the wait has to come to an end all the same.
         */
        private Look look(String topic, Duration settle, boolean fenced) {
            Map<Integer, Ends> now = new TreeMap<>(topics.ends(topic));
            Duration time = pause.elapsed();
            if (!now.equals(ends)) {
                ends = now;
                since = time;
            } else {
                begins.ifPresent(Runnable::run);
                begins = Optional.empty();
            }
            Optional<String> open = now.entrySet().stream()
                    .filter(each ->
                            each.getValue().lastStable() < each.getValue().highWatermark())
                    .findFirst()
                    .map(each -> "partition " + each.getKey() + " has an open transaction from offset "
                            + each.getValue().lastStable() + " on");
            if (open.isPresent()) {
                since = time;
            } else if (time.minus(since).compareTo(settle) >= 0) {
                return Look.done();
            }
            return Look.waiting(open.filter(text -> fenced)
                    .orElseGet(() -> "it must stand still for " + settle.toMillis() + " ms"));
        }
    }
}
