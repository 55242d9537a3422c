package lvc.core.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lvc.core.fold.Digest;
import lvc.core.fold.Digests;
import lvc.core.fold.Latest;
import lvc.core.port.PartitionReader;
import lvc.core.record.StoredRecord;
import lvc.core.report.Verification.PartitionRow;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;

/** One partition of both topics. After it was compared, only the keys that are not known to be equal are kept. */
final class Partition {
    /** A counter that several threads share is dear; a sign of life need not be exact. */
    private static final int COUNTED_AT_ONCE = 1_000;

    private final String input;
    private final String output;
    private final int number;
    private final PartitionReader reader;
    private final Reads reads;
    private final Terms terms;
    private final KeyPlaces inputPlaces;
    private final KeyPlaces outputPlaces;
    private final OpenKeys open = new OpenKeys();
    /** Keys that differ and had no more room among those to look at again. */
    private final List<OpenKeys.Key> beyond = new ArrayList<>();

    private long earliestInput;
    private long inputCut;
    private long outputCut;
    private long keys;
    private long beyondCount;
    private long excused;
    private long inputEnd;
    private long outputEnd;
    private long inputNewest;
    private long outputNewest;
    private Digest inputSum = Digest.ZERO;
    private Digest outputSum = Digest.ZERO;
    private PartitionRow row = new PartitionRow(0, 0, 0, 0, 0, 0, 0, 0);

    Partition(
            Cache cache,
            int number,
            PartitionReader reader,
            Reads reads,
            Terms terms,
            KeyPlaces inputPlaces,
            KeyPlaces outputPlaces) {
        this.input = cache.input().name();
        this.output = cache.output().name();
        this.number = number;
        this.reader = reader;
        this.reads = reads;
        this.terms = terms;
        this.inputPlaces = inputPlaces;
        this.outputPlaces = outputPlaces;
    }

    /**
     * Begins to fold both topics.
     *
     * @param cut of the input; forward has copied everything before its last stable offset
     * @param endOfOutput captured after that
     * @param endOfInput captured after that
     */
    Folding fold(Ends cut, long endOfOutput, long endOfInput) {
        earliestInput = cut.earliest();
        inputEnd = cut.lastStable();
        inputCut = inputEnd;
        outputEnd = endOfOutput;
        outputCut = outputEnd;
        return new Folding(endOfInput);
    }

    /** Both folds of the partition while they are being made and compared; it takes most of the memory. */
    final class Folding {
        private final long endOfInput;
        private final Digests ofInput = new Digests();
        private final Digests ofOutput = new Digests();
        private final Future<?> inputRead;
        private final Future<?> outputRead;

        private Folding(long endOfInput) {
            this.endOfInput = endOfInput;
            this.inputRead = reads.start(() -> {
                read(input, earliestInput, inputCut, stored -> {
                    terms.inputSeen().accept(stored);
                    ofInput.add(stored);
                });
                inputSum = ofInput.sum();
                tell(ofInput, inputPlaces);
            });
            this.outputRead = reads.start(() -> {
                read(output, 0, outputCut, ofOutput::add);
                outputSum = ofOutput.sum();
                tell(ofOutput, outputPlaces);
            });
        }

        /** Waits until both are made and compares them. */
        void compare() {
            reads.await(inputRead);
            reads.await(outputRead);
            keys = ofInput.liveKeys();
            inputNewest = ofInput.newest();
            outputNewest = ofOutput.newest();
            ofInput.compare(ofOutput, Partition.this::disagreed);
            row = new PartitionRow(
                    number,
                    ofInput.records(),
                    ofOutput.records(),
                    ofInput.liveKeys(),
                    ofOutput.liveKeys(),
                    ofInput.nullKeys(),
                    ofOutput.nullKeys(),
                    0);
            settle(inputCut, inputCut, endOfInput);
        }
    }

    private void read(String topic, long from, long until, Consumer<StoredRecord> each) {
        if (from < until) {
            int[] uncounted = {0};
            reader.read(topic, number, from, until, stored -> {
                each.accept(stored);
                if (++uncounted[0] == COUNTED_AT_ONCE) {
                    reads.count(COUNTED_AT_ONCE);
                    uncounted[0] = 0;
                }
            });
        }
    }

    private void tell(Digests fold, KeyPlaces places) {
        synchronized (places) {
            places.begin(number);
            fold.eachKey(key -> places.add(number, key));
        }
    }

    private void disagreed(byte[] key, Optional<Latest> ofInput, Optional<Latest> ofOutput) {
        if (OpenKeys.value(ofInput).isEmpty()) {
            keys++;
        }
        if (open.size() < terms.mostOpen()) {
            open.open(key, ofInput, ofOutput);
        } else if (terms.excuse().excuses(number, ofInput, ofOutput)) {
            excused++;
        } else {
            beyondCount++;
            if (open.size() + beyond.size() < terms.most()) {
                beyond.add(new OpenKeys.Key(key, ofInput, ofOutput));
            }
        }
    }

    /** Looks at the open keys as they stand at a later cut. */
    void lookAgain(long laterCut, long outputEnd, long inputEnd) {
        open.all().forEach(this::takeOut);
        if (outputCut < outputEnd) {
            reader.read(output, number, outputCut, outputEnd, open::output);
        }
        open.all().forEach(this::putIn);
        outputCut = outputEnd;
        settle(inputCut, laterCut, inputEnd);
        inputCut = laterCut;
    }

    /** Follows the open keys in the input from one offset to its end and closes those that are equal. */
    private void settle(long from, long cut, long end) {
        open.all().forEach(this::takeOut);
        if (!open.isEmpty() && from < end) {
            reader.read(input, number, from, end, stored -> open.input(stored, cut));
        }
        open.all().forEach(this::putIn);
        for (OpenKeys.Key closed : open.close()) {
            // Equal means that the value of the output counts, so that equal topics have equal digests.
            takeOut(closed);
            closed.input = closed.output;
            putIn(closed);
        }
    }

    private void takeOut(OpenKeys.Key key) {
        inputSum = inputSum.minus(OpenKeys.contribution(key.bytes, key.input));
        outputSum = outputSum.minus(OpenKeys.contribution(key.bytes, key.output));
    }

    private void putIn(OpenKeys.Key key) {
        inputSum = inputSum.plus(OpenKeys.contribution(key.bytes, key.input));
        outputSum = outputSum.plus(OpenKeys.contribution(key.bytes, key.output));
    }

    /** Tells once more which keys the input has here. */
    void tellInputKeys() {
        Digests fold = new Digests();
        read(input, earliestInput, inputCut, fold::add);
        tell(fold, inputPlaces);
    }

    /** Tells once more which keys the output has here. */
    void tellOutputKeys() {
        Digests fold = new Digests();
        read(output, 0, outputCut, fold::add);
        tell(fold, outputPlaces);
    }

    int number() {
        return number;
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** Takes the keys that may differ from those that do; nothing is looked at again after that. */
    void excuse() {
        excused += open.forget(key -> terms.excuse().excuses(number, key.input, key.output));
    }

    /** Keys that differ, as many as were wanted. */
    Stream<OpenKeys.Key> differing() {
        return Stream.concat(open.all().stream(), beyond.stream());
    }

    long keys() {
        return keys;
    }

    /** Keys that differ. */
    long different() {
        return open.size() + beyondCount;
    }

    /** Keys that differ and may. */
    long excused() {
        return excused;
    }

    /** The offset up to which every record of the input was folded. */
    long inputEnd() {
        return inputEnd;
    }

    long outputEnd() {
        return outputEnd;
    }

    /** The newest timestamp of the records before {@link #inputEnd}. */
    long inputNewest() {
        return inputNewest;
    }

    long outputNewest() {
        return outputNewest;
    }

    Digest inputSum() {
        return inputSum;
    }

    Digest outputSum() {
        return outputSum;
    }

    PartitionRow row() {
        return new PartitionRow(
                row.partition(),
                row.inputRecords(),
                row.outputRecords(),
                row.inputKeys(),
                row.outputKeys(),
                row.inputNullKeys(),
                row.outputNullKeys(),
                different());
    }
}
