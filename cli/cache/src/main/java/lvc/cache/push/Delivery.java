package lvc.cache.push;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Posts to one address until somebody there says that he has it, or the attempts are used up. */
final class Delivery {
    private static final int KIND = 100;
    private static final int SUCCESS = 2;

    private final HttpClient http;
    private final URI address;
    private final PushSettings settings;
    private final FailsafeExecutor<Boolean> attempts;

    Delivery(
            HttpClient http,
            URI address,
            PushSettings settings,
            ScheduledExecutorService scheduler,
            PushMetrics.Of metrics) {
        this.http = http;
        this.address = address;
        this.settings = settings;
        RetryPolicy<Boolean> retries = RetryPolicy.<Boolean>builder()
                .handleResult(false)
                .withMaxRetries(settings.retries())
                .withBackoff(settings.firstDelay(), settings.longestDelay())
                .onFailedAttempt(attempt -> metrics.failed())
                .build();
        this.attempts = Failsafe.with(retries).with(scheduler);
    }

    /** Whether it was acknowledged in the end. To be cancelled when nobody wants it any more. */
    CompletableFuture<Boolean> post(Body body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(settings.timeout())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.json()));
        body.headers().forEach(request::header);
        HttpRequest ready = request.build();
        return attempts.getStageAsync(() -> attempt(ready));
    }

    /**
     * The request's own timeout ends with the headers of the answer: a body that trickles in is not waited for either, and
     * its connection is closed, or each attempt would leave one.
     */
    private CompletableFuture<Boolean> attempt(HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(request, BodyHandlers.discarding());
        return exchange.thenApply(answer -> answer.statusCode() / KIND == SUCCESS)
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((acknowledged, failure) -> exchange.cancel(true));
    }
}
