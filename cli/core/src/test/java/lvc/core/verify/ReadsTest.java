package lvc.core.verify;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import lvc.core.event.Event;
import lvc.core.port.Pause;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadsTest {

    @Test
    void a_read_that_takes_long_is_told_to_be_going_on() {
        // Given: a read that ends as soon as somebody was told
        CountDownLatch told = new CountDownLatch(1);
        List<Event> events = new CopyOnWriteArrayList<>();
        try (Reads reads = new Reads(event -> {
            events.add(event);
            told.countDown();
        })) {
            reads.count(7);

            // When
            reads.await(reads.start(() -> await(told)));
        }

        // Then
        assertThat(events.get(0)).isEqualTo(new Event.Progressed("records compared", 7));
    }

    @Test
    void what_a_read_throws_its_caller_sees() {
        try (Reads reads = new Reads(event -> {})) {
            Future<?> failing = reads.start(() -> {
                throw new IllegalArgumentException("no more");
            });
            Future<?> broken = reads.start(() -> {
                throw new AssertionError("a bug");
            });

            assertThatThrownBy(() -> reads.await(failing))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no more");
            assertThatThrownBy(() -> reads.await(broken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("a bug");
        }
    }

    @Test
    void who_waits_may_be_interrupted_and_the_reads_end() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (Reads reads = new Reads(event -> {})) {
            Future<?> read = reads.start(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    ended.countDown();
                }
            });

            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> reads.await(read)).isInstanceOf(Pause.Interrupted.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        await(ended);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
