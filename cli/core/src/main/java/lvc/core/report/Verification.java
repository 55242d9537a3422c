package lvc.core.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.fault.Fault;
import lvc.core.topic.Approach;

/**
 * Whether the two topics of a cache fold to the same values.
 *
 * @param input the topic that forward reads
 * @param output the topic that forward writes
 * @param equal whether no key differs, the excused ones left aside
 * @param keys live keys that were compared: those with a value in either topic
 * @param different keys that differ, without the excused ones
 * @param inputDigest 128 bits in hexadecimal for all live keys and values of the input; equal topics have equal digests
 * @param outputDigest the same of the output
 * @param cut what was compared with what, in a sentence
 * @param rounds how often was looked; 1 unless something seemed to differ
 * @param differences some of the keys that differ
 * @param splitKeys how many keys lie in more than one partition of a topic, so that nothing says which value is newest
 * @param splits some of these keys
 * @param excused keys that differ and may, in the eyes of whoever asked; they count in the digests all the same
 * @param inputEnds for each partition the last stable offset up to which every record of the input was folded. What came
 *     after it was looked at only for keys that seemed to differ
 * @param outputEnds the same of the output
 * @param inputNewest the newest timestamp of the records before {@code inputEnds}, in milliseconds since 1970; -1 when
 *     there is none
 * @param outputNewest the same of the output
 */
public record Verification(
        String cache,
        Approach approach,
        String input,
        String output,
        boolean equal,
        long keys,
        long different,
        String inputDigest,
        String outputDigest,
        String cut,
        int rounds,
        List<PartitionRow> partitions,
        List<Difference> differences,
        long splitKeys,
        List<SplitKey> splits,
        long excused,
        Map<Integer, Long> inputEnds,
        Map<Integer, Long> outputEnds,
        long inputNewest,
        long outputNewest) {
    /** In place of a timestamp, where there is none. */
    public static final long NONE = -1;

    /**
     * What was read of one partition.
     *
     * @param inputNullKeys records without a key, which are not compared
     */
    public record PartitionRow(
            int partition,
            long inputRecords,
            long outputRecords,
            long inputKeys,
            long outputKeys,
            long inputNullKeys,
            long outputNullKeys,
            long different) {}

    /**
     * One key that differs.
     *
     * @param key as text; what is no UTF-8 is replaced
     * @param keyHex its bytes
     * @param input absent when the key was never seen there
     */
    public record Difference(
            int partition, String key, String keyHex, Optional<Newest> input, Optional<Newest> output) {}

    /**
     * The newest record of a key in one topic.
     *
     * @param digest 128 bits in hexadecimal that stand for the value; absent for a tombstone
     * @param timestamp milliseconds since 1970
     */
    public record Newest(Optional<String> digest, long offset, long timestamp) {}

    /** A key that lies in more than one partition of a topic. */
    public record SplitKey(String topic, String key, String keyHex, List<Integer> partitions) {}

    /** The same with fewer differing keys listed; as many are counted. */
    public Verification listing(int most) {
        return new Verification(
                cache,
                approach,
                input,
                output,
                equal,
                keys,
                different,
                inputDigest,
                outputDigest,
                cut,
                rounds,
                partitions,
                differences.stream().limit(most).toList(),
                splitKeys,
                splits,
                excused,
                inputEnds,
                outputEnds,
                inputNewest,
                outputNewest);
    }

    /** What to tell when the topics differ. */
    public Fault fault() {
        List<String> named = differences.stream().map(Difference::key).limit(5).toList();
        return Fault.differs(
                input + " and " + output + " do not hold the same values",
                different + " of " + keys + " keys differ" + (named.isEmpty() ? "" : ": " + String.join(", ", named))
                        + (different > named.size() && !named.isEmpty() ? ", ..." : ""),
                "lvc status --cache " + cache + " --approach " + approach.letter()
                        + " shows whether the forward transform runs");
    }
}
