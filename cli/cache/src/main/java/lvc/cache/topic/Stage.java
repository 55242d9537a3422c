package lvc.cache.topic;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import lvc.cache.store.ChangeLog;
import lvc.cache.store.Entry;
import lvc.cache.store.Image;
import lvc.cache.store.Offsets;
import lvc.cache.store.Position;
import lvc.cache.store.Snapshot;
import lvc.core.record.Header;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** What of a topic is seen from outside. One thread changes it; a whole batch, or a whole new image, at once. */
final class Stage implements ServedTopic {
    private final String topic;
    private final ChangeLog changes;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Arrival arrival;
    private volatile Served served = new Served(new Image(), "", new Freshness.CatchingUp(), false);

    Stage(String topic, long changeBytes) {
        this.topic = topic;
        this.changes = new ChangeLog(changeBytes);
    }

    @Override
    public String name() {
        return topic;
    }

    @Override
    public Served now() {
        return served;
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
        turn.lock();
        try {
            Served now = served;
            return new Opening(snapshot.apply(now.image()), now.position(), changes.next());
        } finally {
            turn.unlock();
        }
    }

    @Override
    public ChangeLog changes() {
        return changes;
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

    private void wake() {
        watchers.forEach(Runnable::run);
    }

    /** Says how fresh it is from now on. */
    void freshness(Freshness freshness) {
        Served now = served;
        if (!now.freshness().equals(freshness)) {
            served = new Served(now.image(), now.incarnation(), freshness, now.ready());
            wake();
        }
    }

    /** Shows the first image of the topic. */
    void show(Image image, String incarnation) {
        served = new Served(image, incarnation, new Freshness.Live(), true);
        arrival = new Arrival(changes.next(), served.position());
        wake();
    }

    /**
     * Shows another image in the place of the one that is shown, and tells those who follow what is different. In this
     * order: whoever is told of a key, and asks for it, finds what he was told of.
     */
    void replace(Image image, String incarnation) {
        turn.lock();
        try {
            Served old = served;
            Served now = new Served(image, incarnation, new Freshness.Live(), true);
            Position leaving = old.position();
            served = now;
            Position arriving = now.position();
            Differences.append(old.image(), leaving, image, arriving, changes);
            arrival = new Arrival(changes.next(), arriving);
        } finally {
            turn.unlock();
        }
        wake();
    }

    /** Takes records into the image that is shown. */
    void take(ConsumerRecords<ByteBuffer, ByteBuffer> records, Offsets reached) {
        Served now = served;
        turn.lock();
        now.image().begin();
        try {
            Offsets offsets = now.image().offsets();
            for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
                offsets = offsets.with(record.partition(), record.offset());
                Position after = new Position(offsets, now.incarnation());
                Entry before = record.key() == null ? null : now.image().get(bytes(record.key()));
                if (put(now.image(), record)) {
                    changes.append(entry(record), before, after);
                }
            }
            reached(now.image(), reached);
        } finally {
            now.image().end();
            turn.unlock();
        }
        wake();
    }

    /** Takes records into an image that nobody sees yet. */
    static void load(Image image, ConsumerRecords<ByteBuffer, ByteBuffer> records, Offsets reached) {
        image.begin();
        try {
            for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
                put(image, record);
            }
            reached(image, reached);
        } finally {
            image.end();
        }
    }

    private static boolean put(Image image, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        ByteBuffer key = record.key();
        if (key == null) {
            image.skip();
            return false;
        }
        return image.put(record.partition(), record.offset(), record.timestamp(), key, record.value(), headers(record));
    }

    private static void reached(Image image, Offsets reached) {
        for (int partition = 0; partition < reached.partitions(); partition++) {
            image.reached(partition, reached.last(partition));
        }
    }

    private static Entry entry(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        ByteBuffer value = record.value();
        return new Entry(
                bytes(record.key()),
                value == null ? null : bytes(value),
                record.partition(),
                record.offset(),
                record.timestamp(),
                headers(record));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static List<Header> headers(ConsumerRecord<?, ?> record) {
        org.apache.kafka.common.header.Header[] all = record.headers().toArray();
        if (all.length == 0) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>(all.length);
        for (org.apache.kafka.common.header.Header header : all) {
            headers.add(new Header(header.key(), header.value()));
        }
        return headers;
    }
}
