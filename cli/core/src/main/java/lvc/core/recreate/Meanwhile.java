package lvc.core.recreate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.journal.RunPlan;
import lvc.core.port.Pause;
import lvc.core.port.Topics;
import lvc.core.record.StoredRecord;
import lvc.core.report.Verification;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicState;
import lvc.core.verify.Verify;

/**
 * Compares both topics while a run has to wait anyway, and forgets the result unless it is as good as one of the moment
 * at which it is asked for: both topics must be the ones that were read, from their first record to their last, and hold
 * the same values. In all other cases the one who asks compares by himself.
 */
final class Meanwhile {
    private static final long BETWEEN_SIGNS_MS = 100;

    private final Topics topics;
    private final Verify verify;
    private final Executor beside;
    private final Consumer<Event> events;
    private final AtomicReference<Optional<Event>> sign = new AtomicReference<>(Optional.empty());
    private Optional<Begun> begun = Optional.empty();

    /** @param beside where to compare; a thread of its own, so that the run goes on */
    Meanwhile(Topics topics, Verify verify, Executor beside, Consumer<Event> events) {
        this.topics = topics;
        this.verify = verify.telling(event -> sign.set(Optional.of(event)));
        this.beside = beside;
        this.events = events;
    }

    /**
     * What tells whether a topic is the same and was neither written to nor cut off at its beginning. Compaction does not
     * show in it, nor does it change what a topic folds to.
     */
    private record Standing(Map<String, String> ids, List<Map<Integer, Ends>> ends) {}

    private record Begun(
            Map<Integer, Long> reverseBegan,
            AtomicReference<Optional<Standing>> before,
            LongAdder intruders,
            FutureTask<Verification> reading) {}

    /**
     * Begins to compare, instead of what was begun before.
     *
     * @param reverseBegan offsets of the hot topic by partition from which on only reverse can have written
     */
    void begin(RunPlan plan, Map<Integer, Long> reverseBegan) {
        end();
        AtomicReference<Optional<Standing>> before = new AtomicReference<>(Optional.empty());
        LongAdder intruders = new LongAdder();
        FutureTask<Verification> reading = new FutureTask<>(() -> {
            before.set(Optional.of(look(plan)));
            return verify.asTheyStand(plan.asCache(), record -> count(record, reverseBegan, intruders));
        });
        begun = Optional.of(new Begun(reverseBegan, before, intruders, reading));
        beside.execute(reading);
    }

    /**
     * What was found, if it says that all is well and nothing has happened since; it is waited for. May be asked once.
     *
     * @param reverseBegan as it was when it began
     */
    Optional<Verification> equal(RunPlan plan, Map<Integer, Long> reverseBegan) {
        Optional<Begun> asked = begun.filter(each -> each.reverseBegan().equals(reverseBegan));
        try {
            // The first look saves time, where there is nothing worth waiting for; the second one is the guard.
            return asked.filter(each -> stands(plan, each)).flatMap(each -> await(each.reading())
                    .filter(found -> isWell(found, each))
                    .filter(found -> stands(plan, each)));
        } finally {
            end();
        }
    }

    private static boolean isWell(Verification found, Begun begun) {
        return found.equal() && found.splitKeys() == 0 && begun.intruders().sum() == 0;
    }

    private boolean stands(RunPlan plan, Begun begun) {
        Optional<Standing> before = Objects.requireNonNull(begun.before().get());
        return before.isPresent() && before.get().equals(look(plan)) && isReadWhole(before.get());
    }

    /** Behind the last stable offset lie records of open transactions, which nobody has read. */
    private static boolean isReadWhole(Standing standing) {
        return standing.ends().stream()
                .flatMap(each -> each.values().stream())
                .allMatch(each -> each.lastStable() == each.highWatermark());
    }

    private Standing look(RunPlan plan) {
        String truth = plan.truth().name();
        String hot = plan.hot().name();
        Map<String, TopicState> found = topics.find(List.of(truth, hot));
        return new Standing(
                found.values().stream().collect(Collectors.toMap(TopicState::name, TopicState::id)),
                List.of(topics.ends(truth), topics.ends(hot)));
    }

    private Optional<Verification> await(FutureTask<Verification> reading) {
        while (true) {
            try {
                return Optional.of(reading.get(BETWEEN_SIGNS_MS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException stillReading) {
                Objects.requireNonNull(sign.get()).ifPresent(events);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Pause.Interrupted();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Fault) {
                    return Optional.empty();
                }
                if (e.getCause() instanceof RuntimeException broken) {
                    throw broken;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Ends what is still being read. */
    void end() {
        begun.ifPresent(each -> each.reading().cancel(true));
        begun = Optional.empty();
    }

    /** A record that reverse cannot have written, where nobody else may write. */
    static void count(StoredRecord record, Map<Integer, Long> began, LongAdder intruders) {
        Long from = began.get(record.partition());
        if (from != null && record.offset() >= from && !record.logAppendTime()) {
            intruders.increment();
        }
    }
}
