package lvc.acceptance.transcript;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.acceptance.transcript.Transcript.Fault;
import lvc.acceptance.transcript.Transcript.Run;
import lvc.acceptance.transcript.Transcript.Step;
import lvc.acceptance.transcript.Transcript.Write;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs every transcript, or with -Dlvc.transcript=TEXT those whose names contain it, each on a sandbox of its own. */
@Execution(ExecutionMode.CONCURRENT)
class TranscriptIT {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");

    @TempDir
    Path directory;

    static Stream<String> transcripts() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files
                    .filter(file -> file.toString().endsWith(".txt"))
                    .map(file -> FOLDER.relativize(file).toString())
                    .filter(name -> name.contains(System.getProperty("lvc.transcript", "")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void every_command_answers_as_it_was_agreed(String name) throws Exception {
        Transcript transcript = Transcript.read(FOLDER.resolve(name));
        try (ChildSandbox sandbox = ChildSandbox.start(transcript.sandbox().toArray(String[]::new))) {
            play(transcript, sandbox);
        }
    }

    private void play(Transcript transcript, ChildSandbox sandbox) throws IOException, InterruptedException {
        String brokers = sandbox.brokers();
        Map<String, String> variables = new HashMap<>();
        variables.put("LVC_BROKERS", brokers);
        variables.put("LVC_ADMIN", sandbox.admin());
        Shell shell = new Shell(directory, variables);
        Expectation expectation = new Expectation();
        expectation.bind("brokers", brokers);
        expectation.bind("admin", sandbox.admin());
        expectation.bind("directory", directory.toRealPath().toString());
        for (Step step : transcript.steps()) {
            if (step instanceof Fault fault) {
                turnOn(sandbox, fault);
            } else if (step instanceof Write write) {
                Files.writeString(directory.resolve(write.name()), write.text());
            } else if (step instanceof Run run) {
                check(transcript, run, shell.run(expectation.filled(run.command())), expectation);
            }
        }
    }

    private static void check(Transcript transcript, Run run, Shell.Result result, Expectation expectation) {
        boolean out = expectation.holds(run.out(), result.out());
        boolean err = expectation.holds(run.err(), result.err());
        assertThat(out && err && run.exit() == result.exit())
                .as(
                        "%s:%d %s%n$ %s%n--- expected [%d]%n%s%n%s%n--- got [%d]%n%s%n%s",
                        transcript.file(),
                        run.line(),
                        run.about(),
                        run.command(),
                        run.exit(),
                        String.join("\n", run.out()),
                        marked(run.err()),
                        result.exit(),
                        String.join("\n", result.out()),
                        marked(result.err()))
                .isTrue();
    }

    private static String marked(List<String> lines) {
        return String.join("\n", lines.stream().map(line -> "! " + line).toList());
    }

    private static void turnOn(ChildSandbox sandbox, Fault fault) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.admin() + "/sandbox/faults"))
                .PUT(BodyPublishers.ofString("{\"" + fault.name() + "\":\"" + fault.value() + "\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
