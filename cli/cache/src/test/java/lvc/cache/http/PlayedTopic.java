package lvc.cache.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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
import lvc.core.record.Header;
import org.jspecify.annotations.Nullable;

/** A topic that is told what happens to it. Image and log are the real ones; only the brokers are not there. */
public final class PlayedTopic implements ServedTopic {
    private static final long TIME = 1_700_000_000_000L;

    private final String name;
    private final ChangeLog log;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Arrival arrival;
    private volatile Served now;

    public PlayedTopic(String name) {
        this(name, 1 << 20);
    }

    public PlayedTopic(String name, long logBytes) {
        this.name = name;
        this.log = new ChangeLog(logBytes);
        this.now = new Served(new Image(), "ID1", new Freshness.CatchingUp(), false);
    }

    /** One that is ready and live, with nothing in it. */
    public static PlayedTopic ready(String name) {
        PlayedTopic topic = new PlayedTopic(name);
        topic.ready();
        return topic;
    }

    public void ready() {
        now.image().publish();
        show(new Served(now.image(), now.incarnation(), new Freshness.Live(), true));
    }

    public void freshness(Freshness freshness) {
        show(new Served(now.image(), now.incarnation(), freshness, now.ready()));
    }

    private void show(Served next) {
        now = next;
        watchers.forEach(Runnable::run);
    }

    public void put(String key, @Nullable String value) {
        put(key.getBytes(StandardCharsets.UTF_8), value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public void put(byte[] key, byte @Nullable [] value) {
        put(0, key, value, List.of());
    }

    /** One record, in a batch of its own, at the next offset of its partition. */
    public void put(int partition, byte[] key, byte @Nullable [] value, List<Header> headers) {
        Image image = now.image();
        image.begin();
        try {
            record(image, partition, key, value, headers);
        } finally {
            image.end();
        }
        watchers.forEach(Runnable::run);
    }

    /** Many records in one batch. */
    public void batch(Runnable puts) {
        now.image().begin();
        try {
            puts.run();
        } finally {
            now.image().end();
        }
        watchers.forEach(Runnable::run);
    }

    /** A record in a batch that has begun. */
    public void record(byte[] key, byte @Nullable [] value) {
        record(now.image(), 0, key, value, List.of());
    }

    private final long[] written = {-1, -1, -1, -1};

    private void record(Image image, int partition, byte[] key, byte @Nullable [] value, List<Header> headers) {
        long offset = ++written[partition];
        Entry before = image.get(key);
        image.put(
                partition,
                offset,
                TIME + offset,
                ByteBuffer.wrap(key),
                value == null ? null : ByteBuffer.wrap(value),
                headers);
        image.reached(partition, offset);
        if (now.ready()) {
            Position after = new Position(image.offsets().with(0, written[0]), now.incarnation());
            for (int i = 1; i < written.length; i++) {
                after = written[i] < 0 ? after : new Position(after.offsets().with(i, written[i]), after.incarnation());
            }
            log.append(new Entry(key, value, partition, offset, TIME + offset, headers), before, after);
        }
    }

    /** The topic is created anew with these values; what is different is not told. */
    public void recreate(String incarnation, String... keysAndValues) {
        Image image = new Image();
        Arrays.fill(written, -1);
        image.begin();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            written[0]++;
            image.put(
                    0,
                    written[0],
                    TIME,
                    ByteBuffer.wrap(keysAndValues[i].getBytes(StandardCharsets.UTF_8)),
                    ByteBuffer.wrap(keysAndValues[i + 1].getBytes(StandardCharsets.UTF_8)),
                    List.of());
            image.reached(0, written[0]);
        }
        image.end();
        image.publish();
        Served next = new Served(image, incarnation, new Freshness.Live(), true);
        arrival = new Arrival(log.next(), next.position());
        show(next);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Served now() {
        return now;
    }

    @Override
    public Opening open() {
        return open(Image::snapshot);
    }

    @Override
    public Opening open(List<byte[]> keys) {
        return open(image -> image.snapshot(keys));
    }

    private Opening open(Function<Image, Snapshot> snapshot) {
        Served served = now;
        served.image().begin();
        try {
            return new Opening(snapshot.apply(served.image()), served.position(), log.next());
        } finally {
            served.image().end();
        }
    }

    @Override
    public ChangeLog changes() {
        return log;
    }

    @Override
    public Optional<Arrival> arrival() {
        return Optional.ofNullable(arrival);
    }

    @Override
    public Watching watch(Runnable wake) {
        watchers.add(wake);
        return () -> watchers.remove(wake);
    }
}
