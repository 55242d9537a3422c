package lvc.cache.push;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EndpointWatchTest {

    /** Lets nobody wait for longer than a moment. */
    private static final class Hasty extends ScheduledThreadPoolExecutor {
        Hasty() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            return super.schedule(work, 200, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void aListThatBeginsAndDoesNotGoOnIsGivenUp(@TempDir Path folder) throws Exception {
        Set<Map<PodAddress, Boolean>> seen = new CopyOnWriteArraySet<>();
        AtomicInteger failures = new AtomicInteger();
        WatchHealth health = new WatchHealth("shop/readers", failures::incrementAndGet, unused -> {});
        PodTargets readers = new PodTargets("shop", "readers", 0, "/", PushFormat.KKV);
        Hasty guard = new Hasty();
        try (PlayedApi api = new PlayedApi(folder);
                EndpointWatch watch = new EndpointWatch(api.api(), readers, guard, seen::add, health)) {
            api.stalls(true);
            api.has(PlayedApi.slice("a", 8080, "{}"));

            watch.start();

            await().untilAsserted(() -> assertThat(failures).hasPositiveValue());
            api.stalls(false);
            await().untilAsserted(() -> assertThat(seen).contains(Map.of(new PodAddress("127.0.0.1", 8080), true)));
        } finally {
            guard.shutdownNow();
        }
    }
}
