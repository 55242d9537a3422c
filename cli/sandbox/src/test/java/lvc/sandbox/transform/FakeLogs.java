package lvc.sandbox.transform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import lvc.sandbox.broker.Logs;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Partitions in memory, with what the engine can meet: an open transaction, a lost head, a topic that goes away. */
final class FakeLogs implements Logs {

    private final Map<String, List<Partition>> topics = new ConcurrentHashMap<>();
    private volatile int mostBytes = 1 << 20;
    private volatile int mostPerPoll = 1000;
    private int pollsLeft = Integer.MAX_VALUE;

    private static final class Partition {
        final List<InputRecord> records = new ArrayList<>();
        final List<Integer> batches = new ArrayList<>();
        final List<String> compressions = new ArrayList<>();
        long earliest;
        long unstable;

        long end() {
            return records.isEmpty()
                    ? earliest
                    : records.get(records.size() - 1).offset() + 1;
        }

        long lastStable() {
            return end() - unstable;
        }
    }

    FakeLogs topic(String name, int partitions) {
        List<Partition> all = new ArrayList<>(topics.getOrDefault(name, List.of()));
        while (all.size() < partitions) {
            all.add(new Partition());
        }
        topics.put(name, all);
        return this;
    }

    void drop(String name) {
        topics.remove(name);
    }

    void mostBytesPerBatch(int bytes) {
        mostBytes = bytes;
    }

    void mostRecordsPerPoll(int records) {
        mostPerPoll = records;
    }

    /** From here on readers get records so many times, and then none until this is called again. */
    synchronized void polls(int left) {
        pollsLeft = left;
        notifyAll();
    }

    synchronized void put(String topic, int partition, String key, @Nullable String value) {
        put(topic, partition, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), List.of(), 1_000);
    }

    synchronized void put(
            String topic,
            int partition,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<RecordHeader> headers,
            long timestamp) {
        Partition p = at(topic, partition);
        p.records.add(new InputRecord(p.end(), timestamp, key, value, headers));
        notifyAll();
    }

    /** The last records belong to a transaction that is still open. */
    synchronized void unstable(String topic, int partition, long records) {
        at(topic, partition).unstable = records;
        notifyAll();
    }

    /** Everything before an offset is gone, and the next record gets at least this offset. */
    synchronized void cut(String topic, int partition, long offset) {
        Partition p = at(topic, partition);
        p.records.removeIf(record -> record.offset() < offset);
        p.earliest = offset;
    }

    synchronized List<InputRecord> records(String topic, int partition) {
        return List.copyOf(at(topic, partition).records);
    }

    /** Number of records per batch that was appended. */
    synchronized List<Integer> batches(String topic, int partition) {
        return List.copyOf(at(topic, partition).batches);
    }

    synchronized List<String> compressions(String topic, int partition) {
        return List.copyOf(at(topic, partition).compressions);
    }

    synchronized List<String> values(String topic, int partition) {
        List<String> values = new ArrayList<>();
        for (InputRecord record : at(topic, partition).records) {
            byte[] value = record.value();
            values.add(value == null ? "null" : new String(value, UTF_8));
        }
        return values;
    }

    private Partition at(String topic, int partition) {
        List<Partition> all = topics.get(topic);
        if (all == null || partition >= all.size()) {
            throw new IllegalStateException("no partition " + topic + "/" + partition);
        }
        return all.get(partition);
    }

    @Override
    public Optional<Integer> partitions(String topic) {
        return Optional.ofNullable(topics.get(topic)).map(List::size);
    }

    @Override
    public Optional<String> topicId(String topic) {
        return Optional.ofNullable(topics.get(topic)).map(all -> Integer.toString(System.identityHashCode(all)));
    }

    @Override
    public synchronized long earliest(String topic, int partition) {
        return at(topic, partition).earliest;
    }

    @Override
    public synchronized long lastStable(String topic, int partition) {
        return at(topic, partition).lastStable();
    }

    @Override
    public synchronized long highWatermark(String topic, int partition) {
        return at(topic, partition).end();
    }

    @Override
    public synchronized OptionalLong atOrAfter(String topic, int partition, long timestamp) {
        return at(topic, partition).records.stream()
                .filter(record -> record.timestamp() >= timestamp)
                .mapToLong(InputRecord::offset)
                .findFirst();
    }

    @Override
    public Reader read(String topic, int partition, long offset) {
        return new Reader() {
            private long next = offset;

            @Override
            public List<InputRecord> poll(Duration wait) {
                List<InputRecord> found = waitFor(topic, partition, next, wait);
                if (!found.isEmpty()) {
                    next = found.get(found.size() - 1).offset() + 1;
                }
                return found;
            }

            @Override
            public void close() {}
        };
    }

    private synchronized List<InputRecord> waitFor(String topic, int partition, long offset, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        List<InputRecord> found = stable(topic, partition, offset);
        try {
            for (long left = end - System.nanoTime(); found.isEmpty() && left > 0; left = end - System.nanoTime()) {
                wait(Math.max(1, left / 1_000_000));
                found = stable(topic, partition, offset);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the engine must not interrupt the broker", e);
        }
        if (!found.isEmpty()) {
            pollsLeft--;
        }
        return found;
    }

    private List<InputRecord> stable(String topic, int partition, long offset) {
        Partition p = at(topic, partition);
        if (pollsLeft <= 0) {
            return List.of();
        }
        int from = 0;
        int to = p.records.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (p.records.get(middle).offset() < offset) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        int until = from;
        while (until < p.records.size()
                && until - from < mostPerPoll
                && p.records.get(until).offset() < p.lastStable()) {
            until++;
        }
        return List.copyOf(p.records.subList(from, until));
    }

    @Override
    public synchronized long append(String topic, int partition, List<OutputRecord> records, String compression)
            throws AppendRefused {
        Partition p = at(topic, partition);
        long bytes = 61;
        for (OutputRecord record : records) {
            byte[] key = record.key();
            byte[] value = record.value();
            bytes += 8 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        }
        if (bytes > mostBytes) {
            throw new AppendRefused("batch of " + bytes + " bytes is too large");
        }
        long first = p.end();
        for (OutputRecord record : records) {
            p.records.add(new InputRecord(
                    p.end(), System.currentTimeMillis(), record.key(), record.value(), record.headers()));
        }
        p.batches.add(records.size());
        p.compressions.add(compression);
        notifyAll();
        return first;
    }

    @Override
    public void createInternal(String topic, int partitions, Map<String, String> settings) {
        topics.computeIfAbsent(topic, name -> {
            List<Partition> all = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                all.add(new Partition());
            }
            return all;
        });
    }
}
