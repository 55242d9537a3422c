package lvc.sandbox.wasm;

import java.util.ArrayList;
import java.util.List;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.OutputRecord;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The import module {@code redpanda_transform}: how a module reads batches and writes records. One object serves one
 * virtual machine. (Redpanda source, wasm/transform_module.cc)
 */
final class TransformFunctions {

    static final String MODULE = "redpanda_transform";

    private static final int NO_ACTIVE_TRANSFORM = -1;
    private static final int INVALID_BUFFER = -2;
    private static final int INVALID_WRITE = -3;
    private static final int NO_METADATA = 0;

    private static final byte TOPIC_OPTION = 0x01;
    private static final int LEADER_EPOCH = 1;

    private final List<String> outputs;
    private final GuestHost host;
    private final TimeLimit limit;
    private final GuestClock clock;

    private List<InputRecord> batch = List.of();
    private int next;
    private byte[] payload = new byte[1024];

    TransformFunctions(List<String> outputs, GuestHost host, TimeLimit limit, GuestClock clock) {
        this.outputs = outputs;
        this.host = host;
        this.limit = limit;
        this.clock = clock;
    }

    /** Options that end in the middle of a number or a name: the broker's reader throws, which is a trap. */
    static final class BadOptions extends RuntimeException {
        BadOptions(RecordPayload.Malformed cause) {
            super("write options: " + cause.getMessage(), cause);
        }
    }

    /**
     * @param abi3 also what newer SDKs import; its meaning was not seen in any broker's source, so every batch is said
     *     to have no metadata
     */
    List<HostFunction> all(boolean abi3) {
        List<HostFunction> all = new ArrayList<>();
        all.add(new HostFunction(MODULE, "check_abi_version_1", "", "", (memory, a) -> 0));
        all.add(new HostFunction(MODULE, "check_abi_version_2", "", "", (memory, a) -> 0));
        all.add(new HostFunction(MODULE, "read_batch_header", "iiiiiiiiii", "i", this::readBatchHeader));
        all.add(new HostFunction(MODULE, "read_next_record", "iiiii", "i", this::readNextRecord));
        all.add(new HostFunction(MODULE, "write_record", "ii", "i", this::writeRecord));
        all.add(new HostFunction(MODULE, "write_record_with_options", "iiii", "i", this::writeRecordWithOptions));
        if (abi3) {
            all.add(new HostFunction(MODULE, "check_abi_version_3", "", "", (memory, a) -> 0));
            all.add(new HostFunction(MODULE, "read_batch_metadata", "iii", "i", (memory, a) -> NO_METADATA));
        }
        return all;
    }

    private long readBatchHeader(GuestMemory memory, long[] a) {
        limit.pause();
        batch = List.of();
        next = 0;
        batch = host.nextBatch();
        limit.run();
        if (batch.isEmpty()) {
            return NO_ACTIVE_TRANSFORM;
        }
        InputRecord first = batch.get(0);
        InputRecord last = batch.get(batch.size() - 1);
        int largest = 0;
        long newest = first.timestamp();
        for (InputRecord record : batch) {
            largest = Math.max(largest, RecordPayload.size(record));
            newest = Math.max(newest, record.timestamp());
        }
        if (payload.length < largest) {
            payload = new byte[largest];
        }
        clock.setWallMillis(first.timestamp());
        memory.putLong((int) a[0], first.offset());
        memory.putInt((int) a[1], batch.size());
        memory.putInt((int) a[2], LEADER_EPOCH);
        memory.putShort((int) a[3], (short) 0);
        memory.putInt((int) a[4], (int) (last.offset() - first.offset()));
        memory.putLong((int) a[5], first.timestamp());
        memory.putLong((int) a[6], newest);
        memory.putLong((int) a[7], -1);
        memory.putShort((int) a[8], (short) -1);
        memory.putInt((int) a[9], -1);
        return largest;
    }

    private long readNextRecord(GuestMemory memory, long[] a) {
        if (next >= batch.size()) {
            return NO_ACTIVE_TRANSFORM;
        }
        InputRecord record = batch.get(next);
        int length = RecordPayload.write(record, payload);
        if ((int) a[4] < length) {
            return INVALID_BUFFER;
        }
        host.reading(record);
        limit.refill();
        clock.setWallMillis(record.timestamp());
        memory.putByte((int) a[0], (byte) 0);
        memory.putLong((int) a[1], record.timestamp());
        memory.putLong((int) a[2], record.offset());
        memory.put((int) a[3], payload, length);
        next++;
        return length;
    }

    private long writeRecord(GuestMemory memory, long[] a) {
        return write(memory, a, 0);
    }

    private long writeRecordWithOptions(GuestMemory memory, long[] a) {
        if (batch.isEmpty()) {
            return NO_ACTIVE_TRANSFORM;
        }
        byte[] options = memory.get((int) a[2], (int) a[3]);
        if (options.length == 0) {
            return write(memory, a, 0);
        }
        RecordPayload.Cursor cursor = new RecordPayload.Cursor(options);
        String topic;
        try {
            if (cursor.octet() != TOPIC_OPTION) {
                return INVALID_BUFFER;
            }
            byte[] name = cursor.bytes();
            topic = name == null ? "" : new String(name, UTF_8);
        } catch (RecordPayload.Malformed e) {
            throw new BadOptions(e);
        }
        try {
            cursor.end();
        } catch (RecordPayload.Malformed e) {
            return INVALID_BUFFER;
        }
        return write(memory, a, outputs.indexOf(topic));
    }

    /** The payload is judged before the topic, so a bad payload for an unknown topic is a bad payload. */
    private long write(GuestMemory memory, long[] a, int output) {
        if (batch.isEmpty()) {
            return NO_ACTIVE_TRANSFORM;
        }
        OutputRecord record;
        try {
            record = RecordPayload.read(memory.get((int) a[0], (int) a[1]));
        } catch (RecordPayload.Malformed e) {
            return INVALID_BUFFER;
        }
        if (output < 0) {
            return INVALID_WRITE;
        }
        host.emit(output, record);
        return a[1];
    }
}
