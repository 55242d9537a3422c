package lvc.acceptance.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.cache.Serving;
import lvc.cache.topic.Notice;
import lvc.core.port.Pause;

/** A cache that tells the pods of a Service what changes, values and all, and what it says of that. */
final class PushingCache implements AutoCloseable {
    private static final Pattern TARGET = Pattern.compile("lvc_push_ok_total\\{.*target=\"http://([0-9.]+):8080/");
    private static final Pattern FAILURES = Pattern.compile("lvc_push_watch_failures_total\\{.*} ([0-9.]+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final Serving serving;
    private final Thread listener;

    /** @param account what it comes to the API server with */
    PushingCache(ChildSandbox sandbox, String topic, String service, CacheAccount account) {
        serving = Servings.start(
                sandbox.connection(),
                Map.of(
                        "serve.push.service",
                        CacheAccount.NAMESPACE + "/" + service + ":" + PodNetwork.PORT,
                        "serve.push.service-account",
                        account.directory().toString(),
                        "serve.push.version",
                        "2"),
                account.environment(),
                topic);
        listener = new Thread(this::listen, "notices");
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try {
            while (true) {
                notices.add(serving.next());
            }
        } catch (Pause.Interrupted e) {
            // Closed.
        }
    }

    /** What is served. */
    Map<String, String> values(String topic) {
        return Servings.values(serving, topic);
    }

    /** Whether all that was there at the start has been read. */
    boolean isReady() {
        return serving.topics().get(0).now().ready();
    }

    /** The addresses of the pods that it knows, ready or not. */
    Set<String> pods() {
        return metrics(TARGET).map(found -> found.group(1)).collect(Collectors.toSet());
    }

    double watchFailures() {
        return metrics(FAILURES)
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    /** What it said of a Service. */
    List<Notice> noticesOf(String service) {
        String about = CacheAccount.NAMESPACE + "/" + service;
        return notices.stream().filter(notice -> notice.topic().equals(about)).toList();
    }

    private Stream<MatchResult> metrics(Pattern pattern) {
        try {
            URI address = URI.create(serving.address() + "/metrics");
            String text = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
            return pattern.matcher(text).results();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        serving.close();
        listener.interrupt();
    }
}
