package lvc.acceptance.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.awaitility.Awaitility.await;

/** One page in a headless Chromium, driven by its own protocol: https://chromedevtools.github.io/devtools-protocol. */
final class Browser implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Process process;
    private final WebSocket page;

    /** @param profile an empty directory, where it writes what it likes */
    Browser(Path chromium, Path profile, int width, int height) throws IOException, InterruptedException {
        this.process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "--window-size=" + width + "," + height,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        await().atMost(SOON)
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        JsonNode targets = json.readTree(http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + Files.readAllLines(port).get(0) + "/json/list"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
        this.page = http.newWebSocketBuilder()
                .buildAsync(
                        URI.create(targets.path(0).path("webSocketDebuggerUrl").asText()), new Messages())
                .join();
        ask("Runtime.enable", Map.of());
        ask("Log.enable", Map.of());
    }

    /** Goes to an address; does not wait for what comes of it. */
    void go(String address) {
        ask("Page.navigate", Map.of("url", address));
    }

    /** What an expression is, as text. */
    String evaluate(String expression) {
        return ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
                .at("/result/value")
                .asText();
    }

    /** Text that can be seen. */
    String text() {
        return evaluate("document.body ? document.body.innerText : ''");
    }

    /** Writes a picture of it. */
    void picture(Path file) throws IOException {
        byte[] png = Base64.getDecoder()
                .decode(ask("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, png);
    }

    /** What the page's console and the browser complained of. */
    List<String> errors() {
        return errors;
    }

    private JsonNode ask(String method, Map<String, ?> parameters) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(number, answer);
        try {
            page.sendText(json.writeValueAsString(Map.of("id", number, "method", method, "params", parameters)), true)
                    .join();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        await().atMost(SOON).until(answer::isDone);
        return answer.join();
    }

    @Override
    public void close() {
        page.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }

    /** Puts messages together and gives answers to those who asked. */
    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                hear(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, part, last);
        }

        private void hear(String message) {
            try {
                JsonNode said = json.readTree(message);
                CompletableFuture<JsonNode> answer =
                        asked.remove(said.path("id").asInt());
                if (answer != null) {
                    answer.complete(said.path("result"));
                } else if (said.path("method").asText().equals("Runtime.exceptionThrown")
                        || said.at("/params/entry/level").asText().equals("error")) {
                    errors.add(message);
                }
            } catch (IOException e) {
                errors.add(e + " in " + message);
            }
        }
    }
}
