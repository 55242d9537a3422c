package lvc.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** lvc serve in a process of its own, ready. */
final class RunningCache implements AutoCloseable {
    private static final Pattern USED = Pattern.compile("(?:total|reserved) \\d+K.*?used (\\d+)K");

    final double readySeconds;
    final String address;
    private final Process process;

    private RunningCache(Process process, String address, double readySeconds) {
        this.process = process;
        this.address = address;
        this.readySeconds = readySeconds;
    }

    static RunningCache start(RunningSandbox sandbox, String topic, Path work, String... more) throws IOException {
        List<String> command =
                new ArrayList<>(Child.lvc(sandbox.brokers, sandbox.admin, "serve", topic, "--port", "0", "-o", "json"));
        command.addAll(List.of(more));
        long begun = System.nanoTime();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(work.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LVC_BUILD", "no");
        builder.environment().put("LVC_SERVE_STREAMS_PER_CLIENT", "20000");
        Process process = builder.start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String address = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode event = new ObjectMapper().readTree(line);
            if (event.path("kind").asText().equals("serving-began")) {
                address = event.path("address").asText();
            } else if (event.path("what").asText().equals("ready")) {
                return new RunningCache(process, address, (System.nanoTime() - begun) / 1e9);
            }
        }
        throw new IllegalStateException("lvc serve did not get ready");
    }

    /** Bytes of heap in use after three collections. */
    long heap() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            jcmd("GC.run");
        }
        String said = jcmd("GC.heap_info");
        Matcher matcher = USED.matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException(said);
        }
        return Long.parseLong(matcher.group(1)) << 10;
    }

    private String jcmd(String what) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        what)
                .redirectErrorStream(true)
                .start();
        try (InputStream said = jcmd.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return text;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
