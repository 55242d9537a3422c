package lvc.cache.topic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import lvc.cache.store.Image;
import lvc.cache.store.ImageFile;
import lvc.cache.store.Position;
import lvc.cache.store.Snapshot;

/** Keeps the image of a topic in a file, so that the next start reads only what has come since. */
final class Warmth {
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final String topic;
    private final Optional<Path> file;
    private final Clock clock;
    private final BiConsumer<String, String> notices;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "image-file");
        thread.setDaemon(true);
        return thread;
    });
    private boolean distrusted;
    private boolean warm;
    private Instant since;
    private Instant kept;

    Warmth(String topic, Optional<Path> directory, Clock clock, BiConsumer<String, String> notices) {
        this.topic = topic;
        this.file = directory.map(path -> path.resolve(topic + ".image"));
        this.clock = clock;
        this.notices = notices;
        this.kept = clock.instant();
        this.since = kept;
    }

    /** The image to go on with: that of the file if it can be relied on, else an empty one. */
    Image image(String incarnation, Sighting.Lookout lookout) {
        warm = false;
        since = clock.instant();
        if (file.isEmpty() || distrusted) {
            return new Image();
        }
        try {
            ImageFile.Content content = ImageFile.read(file.get());
            String wrong = wrong(content, incarnation, lookout);
            if (wrong.isEmpty()) {
                notices.accept("starting warm", content.image().size() + " keys of " + content.at());
                warm = true;
                since = content.at();
                return content.image();
            }
            notices.accept("starting cold", file.get() + " " + wrong);
        } catch (NoSuchFileException e) {
            notices.accept("starting cold", "there is no " + file.get() + " yet");
        } catch (IOException e) {
            notices.accept("starting cold", file.get() + " cannot be used: " + e.getMessage());
        }
        return new Image();
    }

    private String wrong(ImageFile.Content content, String incarnation, Sighting.Lookout lookout) {
        if (!content.topic().equals(topic)
                || incarnation.isEmpty()
                || !content.of().incarnation().equals(incarnation)) {
            return "is of " + content.topic() + " " + content.of().incarnation() + ", and the topic is " + incarnation;
        }
        return content.at().plus(lookout.deletesKept()).isAfter(clock.instant())
                ? ""
                : "is of " + content.at() + "; since then the brokers may have forgotten deletions";
    }

    /** Since when the image has to learn of deletions: those from before are in it. */
    Instant since() {
        return since;
    }

    /** That the brokers do not have what comes after the file. */
    void distrust() {
        distrusted = true;
    }

    /** Makes an image ready to be read. */
    void publish(Image image) {
        if (warm) {
            image.publishKnowing();
        } else {
            image.publish();
        }
        warm = false;
    }

    /**
     * Writes the file again if that was long ago; does not wait for it.
     *
     * @param proven when, at the latest, the brokers had nothing that is not served
     */
    void keep(ServedTopic served, Instant proven) {
        if (file.isPresent() && clock.instant().isAfter(kept.plus(EVERY)) && busy.compareAndSet(false, true)) {
            kept = clock.instant();
            Snapshot snapshot = served.now().image().snapshot();
            Position position = served.now().position();
            writer.execute(() -> write(snapshot, position.incarnation(), proven));
        }
    }

    private void write(Snapshot snapshot, String incarnation, Instant proven) {
        try {
            Path target = file.orElseThrow();
            Path directory = target.getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            ImageFile.write(target, topic, incarnation, snapshot, proven);
        } catch (IOException e) {
            notices.accept("the image was not kept", String.valueOf(e));
        } finally {
            busy.set(false);
        }
    }

    /**
     * Writes the file a last time, once nobody feeds the topic any more.
     *
     * @param proven when, at the latest, the brokers had nothing that is not served: that may be long ago
     */
    void close(ServedTopic served, Instant proven) {
        writer.shutdown();
        try {
            boolean unused = writer.awaitTermination(EVERY.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Served last = served.now();
        boolean whole = last.ready() && !(last.freshness() instanceof Freshness.Resyncing);
        if (file.isPresent() && whole && !last.incarnation().isEmpty()) {
            write(last.image().snapshot(), last.incarnation(), proven);
        }
    }
}
