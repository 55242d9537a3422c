package lvc.sandbox.wasm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.OutputRecord;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Gives prepared batches, then says that it is over; keeps what comes back. */
final class FakeHost implements GuestHost {

    final Deque<List<InputRecord>> batches = new ArrayDeque<>();
    final List<OutputRecord> emitted = new ArrayList<>();
    final List<Integer> outputs = new ArrayList<>();
    final List<String> printed = new ArrayList<>();
    final List<Long> read = new ArrayList<>();

    /** There are no more batches. */
    static final class NoMore extends Unwinding {
        NoMore() {
            super("no more", null);
        }
    }

    FakeHost batch(InputRecord... records) {
        batches.add(List.of(records));
        return this;
    }

    static InputRecord record(long offset, long timestamp, String key, String value) {
        return new InputRecord(offset, timestamp, key.getBytes(UTF_8), value.getBytes(UTF_8), List.of());
    }

    @Override
    public List<InputRecord> nextBatch() {
        if (batches.isEmpty()) {
            throw new NoMore();
        }
        return batches.remove();
    }

    @Override
    public void reading(InputRecord record) {
        read.add(record.offset());
    }

    @Override
    public void emit(int output, OutputRecord record) {
        outputs.add(output);
        emitted.add(record);
    }

    @Override
    public void print(boolean error, byte[] line) {
        printed.add((error ? "err " : "out ") + new String(line, UTF_8));
    }
}
