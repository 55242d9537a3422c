package lvc.sandbox.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** No assembler comes with the build, so assembled modules lie beside their sources: here they are compared. */
class ReassemblyTest {

    private static final Path OF_THE_TESTS = Path.of("src", "test", "resources", "lvc", "sandbox", "wasm");

    @TempDir
    Path directory;

    static List<Path> sources() throws IOException {
        try (Stream<Path> shipped = Files.list(Modules.SHIPPED);
                Stream<Path> tests = Files.list(OF_THE_TESTS)) {
            return Stream.concat(shipped, tests)
                    .filter(path -> path.toString().endsWith(".wat"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void theAssembledModuleIsWhatItsSourceGives(Path source) throws Exception {
        assumeTrue(assembler(), "wat2wasm is not installed (Debian package wabt): modules were not reassembled");
        // Given
        Path module = Path.of(source.toString().replaceFirst("wat$", "wasm"));
        Path assembled = directory.resolve("assembled.wasm");
        // When
        Process process = new ProcessBuilder("wat2wasm", source.toString(), "-o", assembled.toString())
                .inheritIO()
                .start();
        int code = process.waitFor();
        // Then
        assertThat(code).isZero();
        assertThat(Files.readAllBytes(assembled)).isEqualTo(Files.readAllBytes(module));
    }

    @Test
    void theShippedModulesAreSmall() {
        assertThat(Modules.identity()).hasSizeLessThan(500);
        assertThat(Modules.holding()).hasSizeLessThan(120);
    }

    private static boolean assembler() {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wat2wasm")));
    }
}
