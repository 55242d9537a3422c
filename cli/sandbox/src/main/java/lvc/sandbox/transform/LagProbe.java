package lvc.sandbox.transform;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The lag of one processor, per output: the distance in offsets between the last readable record of the input and the
 * last processed one. It is what was reported last, not what it is: reports come when a processor that has committed
 * before loads its offsets, when an output batch was written, and, with 0, at every stop. In between nothing moves it.
 * (Redpanda source, transform/transform_processor.cc)
 */
final class LagProbe {

    private final AtomicLongArray reported;
    private final TransformNumbers numbers;

    LagProbe(int outputs, TransformNumbers numbers) {
        reported = new AtomicLongArray(outputs);
        this.numbers = numbers;
    }

    void report(int output, long lag) {
        numbers.lagMoved(output, lag - reported.getAndSet(output, lag));
    }

    void zero() {
        for (int i = 0; i < reported.length(); i++) {
            report(i, 0);
        }
    }

    /** The largest of all outputs, as the listing shows it. */
    long largest() {
        long largest = 0;
        for (int i = 0; i < reported.length(); i++) {
            largest = Math.max(largest, reported.get(i));
        }
        return largest;
    }
}
