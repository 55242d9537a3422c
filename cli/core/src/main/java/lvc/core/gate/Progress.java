package lvc.core.gate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntFunction;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;

/**
 * How far the committed offsets of one sample are behind the target, partition by partition; sums are never compared,
 * because in a sum one partition can hide another.
 */
final class Progress {
    /** From here on the Admin API prints offsets that were cut to 32 bits. */
    private static final long CUT = 1L << 31;

    private final Target target;
    private final LagSample sample;
    private final Map<Integer, Climb> climbs;
    private final Map<Integer, Set<Long>> committed;
    private final IntFunction<OptionalDouble> lag;

    /** @param lag of the broker that leads a partition; empty where it is not shown */
    Progress(Target target, LagSample sample, Map<Integer, Climb> climbs, IntFunction<OptionalDouble> lag) {
        this.target = target;
        this.sample = sample;
        this.climbs = climbs;
        this.lag = lag;
        this.committed = sample.committedOffsets(target.transform());
    }

    /** What is not copied yet, and where. */
    Optional<String> behind() {
        if (sample.committed() instanceof Seen.Not<List<Committed>> not) {
            return Optional.of("the committed offsets could not be read: " + not.why());
        }
        if (sample.output() instanceof Seen.Not<Map<Integer, Ends>> not) {
            return Optional.of("the ends of " + target.output() + " could not be read: " + not.why());
        }
        return target.ordered().keySet().stream()
                .filter(this::anythingToCopy)
                .map(this::behind)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Offsets at the end of a partition in which a reader finds nothing, so that the lag may show them for ever. */
    long unread(int partition) {
        long last = noted(partition).lastStable() - 1;
        return anythingToCopy(partition) ? last - goal(partition) : last + 1;
    }

    private boolean anythingToCopy(int partition) {
        Ends noted = noted(partition);
        return noted.earliest() < noted.lastStable() && lastReadable(partition) >= noted.earliest();
    }

    /** The offset that must be committed: of the last record that can be read, where that is known. */
    private long goal(int partition) {
        return Math.min(noted(partition).lastStable() - 1, lastReadable(partition));
    }

    private long lastReadable(int partition) {
        return sample.lastReadable().getOrDefault(partition, Long.MAX_VALUE);
    }

    private Optional<String> behind(int partition) {
        Set<Long> offsets = committed.getOrDefault(partition, Set.of());
        if (offsets.isEmpty()) {
            return Optional.of(at(partition, 0) + " (waiting: first committed offset)");
        }
        if (offsets.size() > 1) {
            return Optional.of("partition " + partition + " has several committed offsets: " + offsets
                    + " (waiting: one of them)");
        }
        long offset = offsets.iterator().next();
        long goal = goal(partition);
        if (goal >= CUT) {
            return behindCut(partition, offset, goal);
        }
        if (offset < goal) {
            return Optional.of(at(partition, offset + 1) + " (waiting: committed offset)");
        }
        return goal == 0 || target.outputBefore().containsKey(outputOf(partition))
                ? outputShort(partition)
                : Optional.empty();
    }

    /**
     * Offsets that were cut to 32 bits cannot be compared by size: equality counts, after growth was seen, with the
     * whole lag of the leader and with output that has grown. A lag below 2^31 rules out that it is equal one or more
     * times 2^32 too early.
     */
    private Optional<String> behindCut(int partition, long offset, long goal) {
        Climb climb = climbs.get(partition);
        if ((int) offset != (int) goal) {
            return Optional.of(at(partition, Integer.toUnsignedLong((int) offset) + 1)
                    + ", offsets cut to 32 bits (waiting: committed offset)");
        }
        if (climb == null || !climb.grew()) {
            return Optional.of("partition " + partition + " shows " + count(Integer.toUnsignedLong((int) offset))
                    + ", which may be cut to 32 bits and early (waiting: a committed offset that grows)");
        }
        OptionalDouble left = lag.apply(partition);
        if (left.isEmpty() || left.getAsDouble() > unread(partition) || left.getAsDouble() >= CUT) {
            return Optional.of("partition " + partition + " shows " + count(Integer.toUnsignedLong((int) offset))
                    + ", which is cut to 32 bits, and its broker a lag of "
                    + (left.isEmpty() ? "nothing" : String.format(Locale.ROOT, "%,.0f", left.getAsDouble()))
                    + " (waiting: lag)");
        }
        return outputShort(partition);
    }

    /**
     * Whether the output lacks records that must be there: at least one for each input partition that it is fed from.
     * A partition p is copied to partition p modulo their number.
     */
    private Optional<String> outputShort(int partition) {
        int output = outputOf(partition);
        long needed = target.ends().keySet().stream()
                .filter(p -> outputOf(p) == output && anythingToCopy(p))
                .count();
        long written = highWatermark(output) - target.outputBefore().getOrDefault(output, 0L);
        return written >= needed
                ? Optional.empty()
                : Optional.of("partition " + partition + " is said to be copied and partition " + output + " of "
                        + target.output() + " has grown by " + count(written) + " (waiting: output)");
    }

    private int outputOf(int partition) {
        return partition % Math.max(1, outputs().size());
    }

    private long highWatermark(int partition) {
        Ends ends = outputs().get(partition);
        return ends == null ? 0 : ends.highWatermark();
    }

    private Map<Integer, Ends> outputs() {
        return sample.output() instanceof Seen.It<Map<Integer, Ends>> seen ? seen.value() : Map.of();
    }

    private Ends noted(int partition) {
        Ends noted = target.ends().get(partition);
        if (noted == null) {
            throw new IllegalArgumentException("partition " + partition + " was not noted");
        }
        return noted;
    }

    /** As in "partition 3 at 1,203 of 9,120": offsets, the next one to process and the noted end. */
    private String at(int partition, long next) {
        return "partition " + partition + " at " + count(next) + " of "
                + count(noted(partition).lastStable());
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
