package lvc.sandbox.wasm;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the broker answers to a module at deploy. */
class ModuleCheckTest {

    private final WasmEngine engine = new EndiveEngine();
    private final ModuleCheck check = new ModuleCheck(engine);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theShippedModulesAreAccepted() {
        assertThatCode(() -> check.load(Modules.identity(), false)).doesNotThrowAnyException();
        assertThatCode(() -> check.load(Modules.holding(), false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abi_1", "unknown_import", "wrong_type", "greedy", "simd"})
    void whatOnlyFailsLaterIsAccepted(String module) {
        assertThatCode(() -> check.load(Modules.test(module), false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no_start | invalid WebAssembly - missing required WASI functions",
                "no_memory | invalid WebAssembly - missing required WASI functions",
                "no_abi | Invalid WebAssembly - the binary is missing required transform functions."
                        + " Check the broker support for the version of the Data Transforms SDK being used.",
                "abi_3 | Invalid WebAssembly - the binary is missing required transform functions."
                        + " Check the broker support for the version of the Data Transforms SDK being used.",
                "schema_registry_abi_1 | Invalid WebAssembly - the binary is missing required transform functions."
                        + " Check the broker support for the version of the Data Transforms SDK being used.",
            })
    void whatIsNoTransformIsRefused(String module, String message) {
        assertThatThrownBy(() -> check.load(Modules.test(module), false))
                .isInstanceOf(ModuleCheck.Unacceptable.class)
                .hasMessage(message);
    }

    @Test
    void version3IsAcceptedBehindItsSwitch() {
        assertThatCode(() -> check.load(Modules.test("abi_3"), true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0asm", "no wasm", "{\"name\":1}"})
    void whatIsNotWasmIsRefused(String bytes) {
        assertThatThrownBy(() -> check.load(bytes.getBytes(UTF_8), false))
                .isInstanceOf(ModuleCheck.Unacceptable.class)
                .hasMessage("invalid WebAssembly module");
    }

    @Test
    void mangledModulesAreRefusedOrAcceptedButNeverBreakTheBroker() {
        // Given
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] module = Modules.identity();
            module[8 + random.nextInt(module.length - 8)] = (byte) random.nextInt();
            // When
            try {
                check.load(module, false);
            } catch (ModuleCheck.Unacceptable e) {
                refused++;
            }
        }
        // Then
        assertThat(refused).isBetween(1, 1_999);
    }
}
