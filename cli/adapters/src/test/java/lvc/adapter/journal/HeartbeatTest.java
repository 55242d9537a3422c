package lvc.adapter.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.port.Journal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(30)
class HeartbeatTest {
    private static final Instant NOW = Instant.parse("2026-03-01T03:00:00Z");
    private static final Duration NEVER = Duration.ofDays(1);

    private final Sheet sheet = new Sheet();

    @Test
    void it_beats_until_it_is_closed() throws InterruptedException {
        try (Heartbeat heart = heart(Duration.ofMillis(1))) {
            sheet.awaitBeats(3);
            heart.demandAlive();
        }
        int written = sheet.count;

        assertThat(sheet.last).isEqualTo(new Entry.Beat("r", NOW));
        assertThat(sheet.awaitBeat(Duration.ofMillis(50))).isFalse();
        assertThat(sheet.count).isEqualTo(written);
    }

    @Test
    void a_beat_can_be_had_at_once() {
        try (Heartbeat heart = heart(NEVER)) {
            heart.beatNow();
        }

        assertThat(sheet.count).isEqualTo(1);
    }

    @Test
    void what_a_beat_failed_with_is_thrown_to_who_asks_and_beating_goes_on() throws InterruptedException {
        Fault taken = Fault.unfinished("what", "taken over", "next");
        sheet.fault = taken;
        try (Heartbeat heart = heart(Duration.ofMillis(1))) {
            sheet.awaitBeats(3);

            assertThat(catchThrowableOfType(Fault.class, heart::demandAlive)).isSameAs(taken);
            assertThat(catchThrowableOfType(Fault.class, heart::beatNow).exit()).isEqualTo(Exit.UNFINISHED);

            sheet.fault = null;
            heart.beatNow();
            assertThatCode(heart::demandAlive).doesNotThrowAnyException();
        }
    }

    private Heartbeat heart(Duration interval) {
        return new Heartbeat(sheet, "r", () -> NOW, interval);
    }

    private static final class Sheet implements Journal.Pen {
        private final Semaphore written = new Semaphore(0);
        volatile @Nullable Fault fault;
        volatile int count;
        volatile @Nullable Entry last;

        @Override
        public synchronized void write(Entry entry) {
            count++;
            last = entry;
            written.release();
            Fault told = fault;
            if (told != null) {
                throw told;
            }
        }

        void awaitBeats(int beats) throws InterruptedException {
            assertThat(written.tryAcquire(beats, 20, TimeUnit.SECONDS)).isTrue();
        }

        boolean awaitBeat(Duration patience) throws InterruptedException {
            written.drainPermits();
            return written.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {}
    }
}
