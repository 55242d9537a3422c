package lvc.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sandbox in a JVM of its own, as users run it, and a client for its Admin API. */
final class SandboxProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final BufferedReader out;
    private final @Nullable String ready;

    private SandboxProcess(Process process) throws IOException {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.ready = out.readLine();
    }

    /** Starts one on free ports, and returns when it is ready or has ended. */
    static SandboxProcess start(Path temporary, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                "target/lib/*",
                "lvc.sandbox.Main",
                "-o",
                "json",
                "--kafka-port",
                "0",
                "--admin-port",
                "0"));
        command.addAll(List.of(more));
        return new SandboxProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start());
    }

    /** The line that says where it is; null when it ended without one. */
    @Nullable
    String ready() {
        return ready;
    }

    String brokers() throws IOException {
        return JSON.readTree(ready).path("brokers").asText();
    }

    JsonNode get(String path) throws Exception {
        HttpResponse<String> response = CLIENT.send(request(path).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    String text(String path) throws Exception {
        return CLIENT.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    int send(String method, String path, byte[] body) throws Exception {
        BodyPublisher publisher = BodyPublishers.ofByteArray(body);
        return CLIENT.send(request(path).method(method, publisher).build(), BodyHandlers.ofString())
                .statusCode();
    }

    int send(String method, String path, String body) throws Exception {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(
                URI.create(JSON.readTree(ready).path("admin").asText() + path));
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal, as {@code kill} does. */
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Kills it as nobody can prevent, and waits until it is gone. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    void closeStdin() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for its end. */
    int exitCode() throws Exception {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the sandbox did not end");
        }
        return process.exitValue();
    }

    /** What it wrote beside its ready line, after it ended. */
    List<String> errors() {
        return process.errorReader(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
