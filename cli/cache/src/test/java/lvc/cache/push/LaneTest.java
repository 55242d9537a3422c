package lvc.cache.push;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.awaitility.Awaitility.await;

class LaneTest {
    private static final int ROUNDS = 10;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final PushMetrics.Of metrics = new PushMetrics(new PrometheusRegistry()).of("prices", "target");
    private final PlayedTopic topic = new PlayedTopic().complete();
    private PlayedTarget target;

    @BeforeEach
    void open() throws IOException {
        target = new PlayedTarget();
    }

    @AfterEach
    void close() {
        target.close();
        threads.shutdownNow();
    }

    /** One of both has to wait for the other; never each for the other. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLaneIsClosedWhileItIsAnswered() {
        for (int round = 0; round < ROUNDS; round++) {
            target.hangs();
            int before = target.posts().size();
            Lane lane = new Lane(topic, PushFormat.KKV, true, delivery(), metrics, threads);
            topic.put("k", "v" + round);
            await().until(() -> target.posts().size() > before);
            Thread closing = new Thread(lane::close, "closing");
            closing.setDaemon(true);
            synchronized (lane) {
                target.goesOn();
                await().until(() -> blocked("done"));
                closing.start();
                await().until(() -> closing.getState() == Thread.State.BLOCKED);
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> !closing.isAlive());
        }
    }

    private static boolean blocked(String method) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getState() == Thread.State.BLOCKED)
                .anyMatch(each -> each.getValue().length > 0
                        && each.getValue()[0].getClassName().equals(Lane.class.getName())
                        && each.getValue()[0].getMethodName().equals(method));
    }

    private Delivery delivery() {
        return new Delivery(HttpClient.newHttpClient(), target.at("/"), PushSettings.DEFAULT, threads, metrics);
    }
}
