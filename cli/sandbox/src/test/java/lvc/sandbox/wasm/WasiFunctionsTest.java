package lvc.sandbox.wasm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Redpanda answers to a module's questions to its operating system. */
class WasiFunctionsTest {

    private final FakeHost host = new FakeHost();
    private final FakeMemory memory = new FakeMemory();
    private final GuestClock clock = new GuestClock();
    private final WasiFunctions wasi = new WasiFunctions(
            new GuestSettings("tränsform", List.of("out"), environment(), 1 << 21, Duration.ofSeconds(3), false),
            host,
            clock);
    private final Map<String, HostFunction> functions =
            wasi.all().stream().collect(Collectors.toMap(HostFunction::name, Function.identity()));

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("MINE", "1");
        environment.put("REDPANDA_INPUT_TOPIC", "in");
        return environment;
    }

    private long call(String name, long... arguments) {
        return requireNonNull(functions.get(name)).body().call(memory, arguments);
    }

    @Test
    void theOnlyArgumentIsTheTransformsName() {
        // When
        call("args_sizes_get", 0, 4);
        call("args_get", 8, 100);
        // Then
        assertThat(memory.getInt(0)).isEqualTo(1);
        assertThat(memory.getInt(4)).isEqualTo(11);
        assertThat(memory.getInt(8)).isEqualTo(100);
        assertThat(new String(memory.get(100, 11), UTF_8)).isEqualTo("tränsform\0");
    }

    @Test
    void theEnvironmentIsTheUsersAndThenTheBrokers() {
        // When
        call("environ_sizes_get", 0, 4);
        call("environ_get", 8, 100);
        // Then
        assertThat(memory.getInt(0)).isEqualTo(2);
        assertThat(memory.getInt(12)).isEqualTo(107);
        assertThat(new String(memory.get(100, memory.getInt(4)), UTF_8)).isEqualTo("MINE=1\0REDPANDA_INPUT_TOPIC=in\0");
    }

    @Test
    void theWallClockStandsAtTheRecordAndTheOthersTick() {
        // Given
        clock.setWallMillis(1_700_000_000_123L);
        // When
        call("clock_time_get", 0, 0, 0);
        call("clock_time_get", 0, 0, 8);
        call("clock_time_get", 1, 0, 16);
        call("clock_time_get", 1, 0, 24);
        call("clock_res_get", 0, 32);
        // Then
        assertThat(memory.getLong(0)).isEqualTo(1_700_000_000_123_000_000L);
        assertThat(memory.getLong(8)).isEqualTo(1_700_000_000_123_000_000L);
        assertThat(memory.getLong(16)).isZero();
        assertThat(memory.getLong(24)).isEqualTo(1_000_000);
        assertThat(memory.getLong(32)).isEqualTo(1_000_000);
        assertThat(call("clock_time_get", 7, 0, 0)).isEqualTo(16);
    }

    @Test
    void randomBytesAreAllNine() {
        // When
        call("random_get", 10, 4);
        // Then
        assertThat(memory.get(9, 6)).containsExactly(0, 9, 9, 9, 9, 0);
    }

    @Test
    void linesArePrintedWhenTheyEndAndTheRestAtTheEnd() {
        // Given
        memory.put(100, "one\ntw".getBytes(UTF_8));
        memory.put(200, "o\n\nlast words".getBytes(UTF_8));
        int[] vectors = {100, 6, 200, 13};
        for (int i = 0; i < vectors.length; i++) {
            memory.putInt(i * 4, vectors[i]);
        }
        // When
        long answer = call("fd_write", 1, 0, 2, 50);
        memory.put(300, "oops\n".getBytes(UTF_8));
        memory.putInt(0, 300);
        memory.putInt(4, 5);
        call("fd_write", 2, 0, 1, 54);
        // Then
        assertThat(answer).isZero();
        assertThat(memory.getInt(50)).isEqualTo(19);
        assertThat(host.printed).containsExactly("out one", "out two", "out ", "err oops");
        // When
        wasi.flush();
        // Then
        assertThat(host.printed).endsWith("out last words");
    }

    @Test
    void clocksFireAtOnceAndFilesAreNotSupported() {
        // Given
        memory.putLong(0, 77);
        memory.putByte(8, (byte) 0);
        memory.putLong(48, 78);
        memory.putByte(56, (byte) 1);
        // When
        long answer = call("poll_oneoff", 0, 1_000, 2, 500);
        // Then
        assertThat(answer).isZero();
        assertThat(memory.getInt(500)).isEqualTo(2);
        assertThat(memory.getLong(1_000)).isEqualTo(77);
        assertThat(memory.bytes.getShort(1_008)).isZero();
        assertThat(memory.getLong(1_032)).isEqualTo(78);
        assertThat(memory.bytes.getShort(1_040)).isEqualTo((short) 52);
        assertThat(memory.getByte(1_042)).isEqualTo((byte) 1);
        assertThat(call("poll_oneoff", 0, 1_000, 0, 500)).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({"0,52", "1,52", "2,52", "3,8", "4,8"})
    void thereAreNoOpenFolders(int file, int answer) {
        assertThat(call("fd_prestat_get", file, 0)).isEqualTo(answer);
    }

    @Test
    void filesAndSocketsAreNotSupported() {
        assertThat(call("fd_write", 3, 0, 0, 0)).isEqualTo(52);
        assertThat(call("fd_close", 1)).isEqualTo(52);
        assertThat(call("fd_fdstat_get", 1, 0)).isEqualTo(52);
        assertThat(call("path_open", 3, 0, 0, 0, 0, 0, 0, 0, 0)).isEqualTo(52);
        assertThat(call("sock_send", 3, 0, 0, 0, 0)).isEqualTo(52);
        assertThat(call("sched_yield")).isZero();
    }

    @Test
    void exitIsATrapThatNamesTheCode() {
        assertThatThrownBy(() -> call("proc_exit", 3)).hasMessage("exited with code: 3");
    }
}
