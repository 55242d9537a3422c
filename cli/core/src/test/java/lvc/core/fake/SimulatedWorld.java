package lvc.core.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import lvc.core.port.Pause;

/**
 * A cluster in memory with all that moves in it: topics, transforms, brokers that learn of changes late, writers. Time
 * is virtual: it passes when a process waits, and a little with each call, and then everything else goes on. What it
 * imitates of Redpanda is what makes naive recreates lose values: a transform starts after a commit interval, shows a lag
 * of 0 until its first output, writes on for a while after its delete, and repeats what it had not committed.
 *
 * <p>The same seed gives the same world. Only reads of records may come from other threads; they move nothing.
 */
public final class SimulatedWorld implements Pause {
    private static final long SLICE_MS = 20;
    private static final long ENDLESS_MS = 3_600_000;
    private static final long BEGAN_MS = 1_000_000_000_000L;

    public final Random random;
    public final SimulatedTopics topics;
    public final SimulatedTransforms transforms;
    public final SimulatedCluster cluster;
    public final SimulatedGroups groups;
    public final SimulatedJournal journal;
    public final List<SimulatedWriter> writers = new ArrayList<>();
    /** What happened in the world, for people. */
    public final List<String> story = new ArrayList<>();
    /** What goes wrong in calls. */
    public Trouble trouble = Trouble.NONE;
    /** How far the clock on the wall of the process is off. */
    public long clockOffMs;

    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::at).thenComparingLong(Later::number));
    private final Thread process = Thread.currentThread();
    private long elapsedMs;
    private long numbers;
    private boolean moving;

    private record Later(long at, long number, Runnable what) {}

    /** @param brokers how many there are; broker 0 answers questions, a broker chosen by the seed leads */
    public SimulatedWorld(long seed, int brokers, long commitIntervalMs) {
        this.random = new Random(seed);
        this.cluster = new SimulatedCluster(this, brokers, commitIntervalMs);
        this.topics = new SimulatedTopics(this);
        this.transforms = new SimulatedTransforms(this, commitIntervalMs);
        this.groups = new SimulatedGroups(this);
        this.journal = new SimulatedJournal(this);
    }

    /** Milliseconds since 1970 on the clocks of the brokers. */
    public long clock() {
        return BEGAN_MS + elapsedMs;
    }

    /** Something happens later. */
    public void in(long delayMs, Runnable what) {
        later.add(new Later(elapsedMs + delayMs, numbers++, what));
    }

    /** Writes down what happened. */
    public void tell(String what) {
        story.add(elapsedMs + " ms: " + what);
    }

    /** Lets time pass for everybody. */
    public void advance(long ms) {
        if (moving) {
            return;
        }
        moving = true;
        long end = elapsedMs + ms;
        while (elapsedMs < end) {
            elapsedMs = Math.min(end, elapsedMs + SLICE_MS);
            while (!later.isEmpty() && later.element().at() <= elapsedMs) {
                later.remove().what().run();
            }
            transforms.step();
            writers.forEach(SimulatedWriter::step);
        }
        moving = false;
    }

    /** A number from 0 to one below the bound. */
    int dice(int bound) {
        return random.nextInt(bound);
    }

    /** A question of the process. */
    <T> T ask(String call, Supplier<T> answer) {
        if (Thread.currentThread() != process) {
            return answer.get();
        }
        advance(1 + dice(4));
        trouble.before(call);
        T result = answer.get();
        trouble.after(call);
        return result;
    }

    /** An order of the process: time passes before and after, and it may arrive twice. */
    <T> T order(String call, Supplier<T> act) {
        advance(1 + dice(20));
        trouble.before(call);
        T result = act.get();
        if (trouble.twice(call)) {
            tell(call + " arrives twice");
            result = act.get();
        }
        advance(1 + dice(20));
        trouble.after(call);
        return result;
    }

    /** No process waits in vain for ever: a story that long has no end. */
    @Override
    public void pause(Duration duration) {
        if (elapsedMs > ENDLESS_MS) {
            throw new IllegalStateException("after " + elapsedMs + " ms somebody still waits");
        }
        trouble.before("pause");
        advance(Math.max(1, duration.toMillis()));
    }

    @Override
    public Duration elapsed() {
        return Duration.ofMillis(elapsedMs);
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(clock() + clockOffMs);
    }

    @Override
    public void shielded(Runnable work) {
        work.run();
    }
}
