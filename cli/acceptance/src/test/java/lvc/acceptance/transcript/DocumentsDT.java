package lvc.acceptance.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.acceptance.sandbox.ChildSandbox;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does what the documents tell a reader to do. Blocks marked {@code sh} are run, in order, on a sandbox of the
 * document's own; a block marked {@code text} right after one is what it must have printed on standard output, with
 * {@code <name>} for any text and {@code ...} for any lines. Blocks marked {@code console} are for the reader only.
 */
@Execution(ExecutionMode.CONCURRENT)
class DocumentsDT {
    private static final String FENCE = "```";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/tutorial/first-cache.md"})
    void every_command_does_what_the_document_says(String document) throws Exception {
        play(document, Map.of());
    }

    /** A reader waits some seconds for the cluster's intervals; here they are short. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/how-to/recreate-a.md",
                "docs/how-to/recreate-b.md",
                "docs/how-to/resume-after-a-crash.md",
                "docs/how-to/recreate-in-ci.md",
                "docs/runbook.md"
            })
    void the_same_with_short_waits(String document) throws Exception {
        play(
                document,
                Map.of("LVC_RECREATE_SETTLE", "300ms", "LVC_RECREATE_HEARTBEAT", "300ms"),
                "--commit-interval",
                "300ms");
    }

    private void play(String document, Map<String, String> settings, String... options) throws Exception {
        List<Block> blocks = blocks(Shell.HOME.resolve(document));
        assertThat(blocks).as("blocks to run in " + document).isNotEmpty();
        // The reader sits in a checkout; what the reader writes there is none of the checkout's business.
        Files.createSymbolicLink(directory.resolve("cli"), Shell.HOME.resolve("cli"));
        try (ChildSandbox sandbox = ChildSandbox.start(options)) {
            Map<String, String> variables = new HashMap<>(settings);
            variables.put("LVC_BROKERS", sandbox.brokers());
            variables.put("LVC_ADMIN", sandbox.admin());
            Shell shell = new Shell(directory, variables);
            Expectation expectation = new Expectation();
            for (Block block : blocks) {
                check(document, block, shell.run(expectation.filled(block.commands())), expectation);
            }
        }
    }

    private static void check(String document, Block block, Shell.Result result, Expectation expectation) {
        assertThat(result.exit())
                .as("%s:%d%n%s%n%s%n%s", document, block.line(), block.commands(), result.out(), result.err())
                .isZero();
        block.prints().ifPresent(lines -> assertThat(expectation.holds(lines, result.out()))
                .as(
                        "%s:%d%n%s%n--- the document says%n%s%n--- it printed%n%s",
                        document,
                        block.line(),
                        block.commands(),
                        String.join("\n", lines),
                        String.join("\n", result.out()))
                .isTrue());
    }

    /**
     * Commands, and what they print where the document says it.
     *
     * @param line where they begin, counted from 1
     */
    private record Block(int line, String commands, Optional<List<String>> prints) {}

    private static List<Block> blocks(Path document) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(document);
        for (int at = 0; at < lines.size(); at++) {
            String fence = lines.get(at).strip();
            if (fence.startsWith(FENCE) && fence.length() > FENCE.length()) {
                int end = at + 1;
                while (!lines.get(end).strip().equals(FENCE)) {
                    end++;
                }
                List<String> inside = lines.subList(at + 1, end);
                if (fence.equals(FENCE + "sh")) {
                    blocks.add(new Block(at + 1, String.join("\n", inside), Optional.empty()));
                } else if (fence.equals(FENCE + "text") && !blocks.isEmpty()) {
                    Block last = blocks.remove(blocks.size() - 1);
                    blocks.add(new Block(last.line(), last.commands(), Optional.of(inside)));
                }
                at = end;
            }
        }
        return blocks;
    }
}
