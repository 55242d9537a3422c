package lvc.cache.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import lvc.cache.store.ChangeLog;
import lvc.cache.store.Entry;
import lvc.cache.store.Image;
import lvc.cache.store.Position;
import lvc.cache.store.Snapshot;
import lvc.cache.topic.Arrival;
import lvc.cache.topic.Freshness;
import lvc.cache.topic.Opening;
import lvc.cache.topic.Served;
import lvc.cache.topic.ServedTopic;
import org.jspecify.annotations.Nullable;

/** A topic of one partition whose records the test says. */
final class PlayedTopic implements ServedTopic {
    private static final long LOG_BYTES = 4 << 20;

    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
    private volatile Image image = new Image();
    private final ChangeLog changes;
    private volatile String incarnation = "first";
    private volatile boolean ready;
    private long offset = -1;

    PlayedTopic() {
        this(LOG_BYTES);
    }

    PlayedTopic(long logBytes) {
        this.changes = new ChangeLog(logBytes);
    }

    PlayedTopic complete() {
        image.publish();
        ready = true;
        watchers.forEach(Runnable::run);
        return this;
    }

    /** One batch of one record. */
    void put(String key, @Nullable String value) {
        put(key.getBytes(StandardCharsets.UTF_8), value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    void put(byte[] key, byte @Nullable [] value) {
        put(key, value, offset + 1);
    }

    /** A record whose writer said no time. */
    void putWithoutTime(String key, String value) {
        put(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), -1);
    }

    private void put(byte[] key, byte @Nullable [] value, long time) {
        offset++;
        image.begin();
        Entry before = image.get(key);
        image.put(0, offset, time, ByteBuffer.wrap(key), value == null ? null : ByteBuffer.wrap(value), List.of());
        image.reached(0, offset);
        image.end();
        if (ready) {
            changes.append(new Entry(key, value, 0, offset, time, List.of()), before, now().position());
            watchers.forEach(Runnable::run);
        }
    }

    /** Another topic of this name takes its place, with one key. */
    void createdAnew(String key, String value) {
        offset = -1;
        incarnation = "second";
        image = new Image();
        image.publish();
        put(key, value);
    }

    @Override
    public String name() {
        return "prices";
    }

    @Override
    public Served now() {
        return new Served(image, incarnation, new Freshness.Live(), ready);
    }

    @Override
    public Opening open() {
        Snapshot snapshot = image.snapshot();
        return new Opening(snapshot, new Position(snapshot.offsets(), incarnation), changes.next());
    }

    @Override
    public Opening open(List<byte[]> keys) {
        Snapshot snapshot = image.snapshot(keys);
        return new Opening(snapshot, new Position(snapshot.offsets(), incarnation), changes.next());
    }

    @Override
    public ChangeLog changes() {
        return changes;
    }

    @Override
    public Optional<Arrival> arrival() {
        return Optional.empty();
    }

    @Override
    public Watching watch(Runnable wake) {
        watchers.add(wake);
        return () -> watchers.remove(wake);
    }
}
