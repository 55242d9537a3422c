package lvc.cache.topic;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lvc.cache.store.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.ByteBuffer.wrap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class WarmthTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private Path folder = Path.of("");

    private final List<String> notices = new ArrayList<>();

    @Test
    void aFileIsUsedWhileBrokersRememberWhatWasDeletedSince() {
        keptWhenLastProven(NOW.minus(Duration.ofHours(23)));

        assertThat(startedAgain().size()).isOne();
    }

    @Test
    void aFileWrittenAfterTheBrokersWereAwayForLongIsAsOldAsTheLastWordOfThem() {
        keptWhenLastProven(NOW.minus(Duration.ofHours(25)));

        assertThat(startedAgain().size()).isZero();
        assertThat(notices).last().asString().contains("forgotten deletions");
    }

    private void keptWhenLastProven(Instant proven) {
        Image image = new Image();
        image.begin();
        image.put(0, 0, 0, wrap("k".getBytes(UTF_8)), wrap("v".getBytes(UTF_8)), List.of());
        image.reached(0, 0);
        image.end();
        image.publish();
        Stage stage = new Stage("t", 1 << 20);
        stage.show(image, "ID");
        stage.freshness(new Freshness.Disconnected(proven));
        warmth().close(stage, proven);
    }

    private Image startedAgain() {
        return warmth().image("ID", new Day());
    }

    private Warmth warmth() {
        return new Warmth("t", Optional.of(folder), CLOCK, (what, why) -> notices.add(why));
    }

    /** Brokers that keep deletions for a day. */
    private static final class Day implements Sighting.Lookout {
        @Override
        public Optional<Sighting> look() {
            return Optional.of(new Sighting("ID", 1));
        }

        @Override
        public Duration deletesKept() {
            return Duration.ofDays(1);
        }
    }
}
