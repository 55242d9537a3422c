package lvc.cache.topic;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import lvc.cache.store.Image;
import lvc.core.fault.Fault;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one topic: reads it from its beginning, follows it, and notices when it is created anew.
 *
 * <p>Kafka's consumer reads on by name when a topic was deleted and created again, somewhere in the new one. So no batch
 * is shown before the topic was looked at once more after it had come: an incarnation that is still there then was there
 * all the time.
 *
 * <pre>
 *   catching up ──all read──► following ──created anew──► resyncing: the old image is served, the new one read beside it
 *                                 ▲                            │
 *                                 └────── takes over ◄─────────┘  when {@link Takeover} allows it
 * </pre>
 */
public final class TopicFeed implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration LOOKS = Duration.ofSeconds(1);
    private static final Duration BEHIND = Duration.ofSeconds(5);

    private final FeedSettings settings;
    private final Sighting.Lookout lookout;
    private final Function<String, Run> runs;
    private final Clock clock;
    private final Consumer<Notice> notices;
    private final Stage stage;
    private final Warmth warmth;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Inflow inflow;
    /** What is being read and not shown yet; kept when the connection is lost. */
    private Image growing = new Image();

    private String growingOf = "";
    private Instant growingSince;
    /** The incarnation of what is shown, as the brokers name it. */
    private String servedOf = "";

    private boolean distrusted;
    private boolean renamed;
    private boolean waited;
    private Instant proven;
    private Instant asked;
    private long looked;
    private String lastNotice = "";

    /**
     * Begins to feed.
     *
     * @param runs what the journal of recreate says of the topic that is there now, by its incarnation
     * @param notices told in the thread of this feed
     */
    public TopicFeed(
            String topic,
            FeedSettings settings,
            Sighting.Lookout lookout,
            Function<String, Run> runs,
            Clock clock,
            Consumer<Notice> notices) {
        this.settings = settings;
        this.lookout = lookout;
        this.runs = runs;
        this.clock = clock;
        this.notices = notices;
        this.stage = new Stage(topic, settings.changeBytes());
        this.warmth = new Warmth(topic, settings.images(), clock, this::notice);
        this.proven = clock.instant();
        this.asked = proven;
        this.growingSince = proven;
        this.thread = new Thread(this::feed, "feed-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    /** What is fed. */
    public ServedTopic served() {
        return stage;
    }

    private void feed() {
        while (!isClosed()) {
            try {
                lookout.look().ifPresentOrElse(this::read, this::missing);
            } catch (WakeupException | InterruptException e) {
                if (!isClosed()) {
                    notice("reading was interrupted", String.valueOf(e.getMessage()));
                }
            } catch (OffsetOutOfRangeException e) {
                notHere(e.offsetOutOfRangePartitions().entrySet().stream()
                        .map(missing ->
                                "partition " + missing.getKey().partition() + " has no offset " + missing.getValue())
                        .collect(Collectors.joining(", ")));
            } catch (Fault fault) {
                disconnected(fault.what() + ": " + fault.why());
            } catch (TimeoutException e) {
                disconnected("the brokers do not answer: " + e.getMessage());
            } catch (RuntimeException e) {
                // Whatever it is: a thread that ended would leave old values that say they are live.
                disconnected(e.toString());
            }
        }
    }

    private void missing() {
        if (stage.now().ready()) {
            resyncing("the topic is not there");
        } else {
            notice("waiting for the topic", "it is not there");
        }
        pause(AGAIN);
    }

    /** What comes next is not in the topic: its first records were deleted, or it lost its last ones. */
    private void notHere(String what) {
        distrusted = stage.now().ready();
        renamed = distrusted;
        growingOf = "";
        warmth.distrust();
        notice("the topic does not have what comes next; it is read again", what);
    }

    private void disconnected(String why) {
        Served now = stage.now();
        if (now.ready() && !(now.freshness() instanceof Freshness.Resyncing)) {
            stage.freshness(new Freshness.Disconnected(proven));
        }
        notice("cannot follow the topic", why);
        pause(AGAIN);
    }

    private void resyncing(String why) {
        Instant since =
                stage.now().freshness() instanceof Freshness.Resyncing before ? before.since() : clock.instant();
        stage.freshness(new Freshness.Resyncing(since, why));
        notice("serving the last good values", why);
    }

    private void read(Sighting seen) {
        Served now = stage.now();
        boolean other = now.ready() && !servedOf.equals(seen.incarnation());
        if (now.ready() && clock.instant().isAfter(proven.plus(lookout.deletesKept()))) {
            distrusted = true;
            notice("the topic is read again", "deletions since " + proven + " may have been forgotten by the brokers");
        }
        if (now.ready() && !other && !distrusted) {
            open(seen, now.image());
        } else {
            if (other || distrusted) {
                resyncing(other ? "the topic was created anew" : "the topic is read again");
            }
            grow(seen);
        }
    }

    /** Reads an image that is not shown until it is complete. */
    private void grow(Sighting seen) {
        if (!growingOf.equals(seen.incarnation()) || growingOf.isEmpty() || mayHaveMissedDeletions()) {
            boolean cold = stage.now().ready();
            growing = cold ? new Image() : warmth.image(seen.incarnation(), lookout);
            growingSince = cold ? clock.instant() : warmth.since();
            growingOf = seen.incarnation();
        }
        open(seen, growing);
    }

    /** A key that was read early stays if its deletion was written, and forgotten by the brokers, before it was read. */
    private boolean mayHaveMissedDeletions() {
        return clock.instant().isAfter(growingSince.plus(lookout.deletesKept()));
    }

    private void open(Sighting seen, Image image) {
        try (Inflow own = new Inflow(settings, stage.name(), seen.partitions(), image.offsets())) {
            inflow = own;
            if (isClosed()) {
                return;
            }
            captureEnds(own);
            if (stage.now().image() != image && own.isPastTheEnd()) {
                notHere("it ends before " + image.offsets());
                return;
            }
            if (stage.now().image() == image || fill(seen, own, image)) {
                follow(seen, own);
            }
        } finally {
            inflow = null;
        }
    }

    /** Fills an image and shows it. False when the topic is another one before that. */
    private boolean fill(Sighting seen, Inflow own, Image image) {
        boolean first = !stage.now().ready();
        waited = false;
        try (Loading loading = new Loading(image)) {
            while (!isClosed()) {
                loading.take(own.poll(), own.reached());
                boolean full = own.caughtUp();
                boolean due = isTime();
                if ((due || (first && full)) && !still(seen)) {
                    growingOf = "";
                    return false;
                }
                if (first ? full && (due || !waited) : due) {
                    loading.await();
                    if (first ? mayBegin(seen, own, image) : mayTakeOver(seen, own, image, full)) {
                        show(seen, image, first);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void show(Sighting seen, Image image, boolean first) {
        if (mayHaveMissedDeletions()) {
            notice(
                    "keys that were deleted meanwhile may be served",
                    "reading the topic took since " + growingSince + ", longer than the brokers keep deletions");
        }
        warmth.publish(image);
        proven = asked;
        growingOf = "";
        distrusted = false;
        if (first) {
            stage.show(image, seen.incarnation());
            notice("ready", image.size() + " keys at " + stage.now().position());
        } else {
            stage.replace(image, identity(seen, image));
            notice(
                    "the new topic is served",
                    image.size() + " keys at " + stage.now().position());
        }
        renamed = false;
        servedOf = seen.incarnation();
    }

    /**
     * As what an image is shown. Where offsets may have gone back under the same name, a position of before would hide
     * what comes at offsets that were there before: so it gets a name that no position has.
     */
    private String identity(Sighting seen, Image image) {
        Served before = stage.now();
        if (!servedOf.equals(seen.incarnation())) {
            return seen.incarnation();
        }
        return !renamed && image.offsets().covers(before.image().offsets())
                ? before.incarnation()
                : seen.incarnation() + "~" + clock.millis();
    }

    /** Without a better image to fall back to: one that a run is about to fill is still not taken for whole. */
    private boolean mayBegin(Sighting seen, Inflow own, Image image) {
        String why;
        try {
            why = Takeover.first(runs.apply(seen.incarnation()), image.offsets());
        } catch (Fault fault) {
            // Who may read the topic and not the journal is served what there is.
            notice("the journal of recreate cannot be read", fault.what() + ": " + fault.why());
            why = "";
        }
        if (!why.isEmpty()) {
            waited = true;
            notice("waiting for the topic", why);
            captureEnds(own);
        }
        return why.isEmpty();
    }

    private boolean mayTakeOver(Sighting seen, Inflow own, Image image, boolean full) {
        boolean same =
                servedOf.equals(seen.incarnation()) && !seen.incarnation().isEmpty();
        String why;
        try {
            why = Takeover.decide(
                    same ? new Run.None() : runs.apply(seen.incarnation()),
                    image.offsets(),
                    full,
                    own.still(),
                    same ? Duration.ZERO : settings.quiet());
        } catch (Fault fault) {
            why = fault.what() + ": " + fault.why();
        }
        if (!why.isEmpty()) {
            resyncing(why);
            captureEnds(own);
        }
        return why.isEmpty();
    }

    private void follow(Sighting seen, Inflow own) {
        while (!isClosed()) {
            ConsumerRecords<ByteBuffer, ByteBuffer> records = own.poll();
            boolean moved = !own.reached().equals(stage.now().image().offsets());
            boolean due = isTime();
            if ((moved || due) && !still(seen)) {
                return;
            }
            if (moved) {
                stage.take(records, own.reached());
            }
            if (due) {
                judge(own);
                warmth.keep(stage, proven);
            }
        }
    }

    /** Whether what is read is what all is read of that had come until a moment ago. */
    private void judge(Inflow own) {
        if (own.caughtUp()) {
            proven = asked;
            stage.freshness(new Freshness.Live());
            lastNotice = "";
            captureEnds(own);
        } else if (clock.instant().isAfter(asked.plus(BEHIND))) {
            stage.freshness(new Freshness.CatchingUp());
        }
    }

    private void captureEnds(Inflow own) {
        Instant now = clock.instant();
        own.captureEnds();
        asked = now;
    }

    /** Whether the topic is still the one that was seen, with as many partitions. */
    private boolean still(Sighting seen) {
        Optional<Sighting> now = lookout.look();
        return now.isPresent() && now.get().equals(seen);
    }

    private boolean isTime() {
        long now = System.nanoTime();
        boolean due = now - looked >= LOOKS.toNanos();
        if (due) {
            looked = now;
        }
        return due;
    }

    private void notice(String what, String why) {
        String text = what + why;
        if (!text.equals(lastNotice)) {
            lastNotice = text;
            notices.accept(new Notice(stage.name(), what, why));
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause(Duration duration) {
        try {
            boolean unused = closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    /** Stops reading. What is served stays as it is; where files are kept, it is written to one. */
    @Override
    public void close() {
        closed.countDown();
        Inflow own = inflow;
        if (own != null) {
            own.stop();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        warmth.close(stage, proven);
    }
}
