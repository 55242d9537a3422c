package lvc.cache.push;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lvc.cache.topic.Notice;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WatchHealthTest {
    private final List<Notice> notices = new ArrayList<>();
    private final AtomicInteger counted = new AtomicInteger();
    private final WatchHealth health = new WatchHealth("shop/readers", counted::incrementAndGet, notices::add);

    @Test
    void watchesThatAreCutOffNowAndThenAreCountedAndNeitherToldNorPutOff() {
        for (int i = 0; i < 20; i++) {
            health.watching();
            health.failed(new IOException("cut off"));
        }

        assertThat(counted).hasValue(20);
        assertThat(notices).isEmpty();
        assertThat(health.delayMillis()).isEqualTo(1_000);
    }

    @Test
    void whatKeepsFailingIsToldOnceForEveryReasonAndTriedLessAndLess() {
        for (int i = 0; i < 10; i++) {
            health.failed(new IOException("away"));
        }
        health.failed(new IllegalStateException());
        assertThat(health.delayMillis()).isEqualTo(32_000);

        health.watching();

        assertThat(notices)
                .extracting(Notice::why)
                .containsExactly("away", "java.lang.IllegalStateException", "its ready pods are told what changes");
        assertThat(health.delayMillis()).isEqualTo(500);
    }
}
