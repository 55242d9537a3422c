package lvc.core.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import lvc.core.cache.CreateTopics;
import lvc.core.event.Event;
import lvc.core.event.Event.RecordsRead.Read;
import lvc.core.fault.Fault;
import lvc.core.fold.LatestValues;
import lvc.core.port.Records;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.recreate.Recreate;
import lvc.core.recreate.Wishes;
import lvc.core.report.RecreatePlan;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.transform.Module;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;
import org.jspecify.annotations.Nullable;

/**
 * Shows a cache at work: creates it, writes to it, reads it back after every step, and recreates its hot topic. Every
 * step waits until what it tells has become true.
 */
public final class Demo {
    private final CreateTopics create;
    private final Records records;
    private final Recreate recreate;
    private final Wishes wishes;
    private final Wait wait;
    private final Consumer<Event> events;
    private final Map<String, String> expected = new TreeMap<>();
    private long written;

    /**
     * Does nothing yet.
     *
     * @param wishes nothing special, with the settle time of the settings
     * @param wait with enough patience for compaction
     */
    public Demo(
            CreateTopics create, Records records, Recreate recreate, Wishes wishes, Wait wait, Consumer<Event> events) {
        this.create = create;
        this.records = records;
        this.recreate = recreate;
        this.wishes = wishes;
        this.wait = wait;
        this.events = events;
    }

    /**
     * Creates the cache, uses it, and recreates its hot topic.
     *
     * @throws Fault DIFFERS when the hot topic has not the values it had; see {@link Recreate#run} for the rest
     */
    public void run(Cache cache) {
        use(cache);
        rebuild(cache);
    }

    private void use(Cache cache) {
        String input = cache.input().name();
        String output = cache.output().name();
        say(
                cache.approach() == Approach.A
                        ? "Approach A: writers use the source (the truth), readers use the destination (hot)."
                        : "Approach B: writers and readers use the primary (hot); the secondary is its backup (the truth).");
        create.run(create.plan(cache, false), Module.identity());

        say("Three keys get their first value.");
        write(input, "a=1", "b=1", "c=1");
        show(output, "The transform has copied them to the " + cache.approach().outputRole() + ".");

        say("Two of them get a newer one, and a fourth key comes and goes: null deletes it.");
        write(input, "b=2", "c=2", "d=1", "d");
        show(output, "Old and new values lie side by side until the topic is compacted; the newest counts.");

        say("And one more for c.");
        write(input, "c=3");
        awaitCopy(output);
        say("Folded to the newest value per key this is the cache.");
        events.accept(new Event.LatestShown(output, latest(output)));

        showCompaction(cache);
        say("The truth, the " + cache.approach().truthRole() + ", still has every value that was ever written.");
        events.accept(new Event.RecordsRead(
                cache.truth().name(), readings(cache.truth().name())));
        events.accept(
                new Event.LatestShown(cache.hot().name(), latest(cache.hot().name())));
    }

    private void rebuild(Cache cache) {
        String hot = cache.hot().name();
        String hotRole = cache.approach().hotRole();
        String truthRole = cache.approach().truthRole();
        RecreatePlan plan = recreate.plan(cache, wishes);
        say("Now the " + hotRole + " is deleted and made again from the " + truthRole + ", as 'lvc recreate' does it.");
        say(
                cache.approach() == Approach.A
                        ? "Nothing can get lost: the source must be seen to have every value of the destination before"
                                + " the destination goes. Writers may go on writing to the source."
                        : "Nothing can get lost: a fence keeps writers out of the primary, then both topics are read and"
                                + " must hold the same values before the primary goes. In the end writers are let in again.");
        say("Every step is written to a journal in the cluster before it is done: if this process died, 'lvc recreate"
                + " --resume' would finish it from any machine. The proofs wait for the cluster, together at least "
                + (plan.least().toMillis() + 999) / 1000 + " s.");
        events.accept(new Event.Recreated(recreate.run(plan.run(), cache, wishes)));
        Map<String, String> after = latest(hot);
        if (!after.equals(expected)) {
            throw Fault.differs(
                    hot + " has not the values it had", "it has " + after + ", written was " + expected, "lvc status");
        }
        say("The " + hotRole + " is a new topic now, and it has the same last values:");
        events.accept(new Event.LatestShown(hot, after));
    }

    private void showCompaction(Cache cache) {
        String hot = cache.hot().name();
        say("Compaction of the " + cache.approach().hotRole() + " throws away what is no longer the newest.");
        count(hot);
        wait.inVain("topic " + hot + " is compacted", () -> {
                    long left = fold(hot).records();
                    return left <= expected.size() + 1
                            ? Look.done()
                            : Look.waiting(left + " of " + written + " records left");
                })
                .ifPresent(reason -> say("This cluster does not compact so soon (log_segment_ms_min,"
                        + " log_compaction_interval_ms): " + reason));
        count(hot);
        events.accept(new Event.RecordsRead(hot, readings(hot)));
    }

    /** A line {@code k=v} is a record, a line {@code k} a tombstone. */
    private void write(String topic, String... lines) {
        List<NewRecord> batch = new ArrayList<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? line : line.substring(0, equals);
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(line.substring(equals + 1));
            value.ifPresentOrElse(v -> expected.put(key, v), () -> expected.remove(key));
            batch.add(new NewRecord(
                    batch.size() + 1L,
                    key.getBytes(StandardCharsets.UTF_8),
                    value.map(v -> v.getBytes(StandardCharsets.UTF_8)).orElse(null),
                    List.of(),
                    NewRecord.UNSET,
                    NewRecord.UNSET));
        }
        events.accept(new Event.RecordsWritten(topic, List.of(lines)));
        records.write(topic, batch);
        written += batch.size();
    }

    /** Waits until the topic folds to what was written, and shows it. */
    private void show(String topic, String sentence) {
        awaitCopy(topic);
        say(sentence);
        events.accept(new Event.RecordsRead(topic, readings(topic)));
    }

    private void awaitCopy(String topic) {
        wait.until(
                topic + " has caught up",
                "lvc transform list",
                () -> latest(topic).equals(expected)
                        ? Look.done()
                        : Look.waiting("it has " + latest(topic) + ", written was " + expected));
    }

    private void count(String topic) {
        LatestValues fold = fold(topic);
        events.accept(new Event.TopicCounted(topic, fold.records(), fold.liveKeys()));
    }

    private LatestValues fold(String topic) {
        LatestValues fold = new LatestValues(topic);
        records.read(topic, fold::add);
        return fold;
    }

    private Map<String, String> latest(String topic) {
        Map<String, String> latest = new TreeMap<>();
        for (StoredRecord live : fold(topic).live()) {
            latest.put(text(live.key()), text(live.value()));
        }
        return latest;
    }

    private List<Read> readings(String topic) {
        List<Read> readings = new ArrayList<>();
        records.read(
                topic,
                record -> readings.add(new Read(
                        record.partition(),
                        record.offset(),
                        text(record.key()),
                        Optional.ofNullable(record.value()).map(Demo::text))));
        return readings;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "(null)" : new String(bytes, StandardCharsets.UTF_8);
    }

    private void say(String sentence) {
        events.accept(new Event.Narrated(sentence));
    }
}
