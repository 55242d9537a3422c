package lvc.sandbox.wasm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.OutputRecord;
import lvc.sandbox.wasm.WasmEngine.Guest;
import lvc.sandbox.wasm.WasmEngine.Trap;
import lvc.sandbox.wasm.WasmEngine.Unlinkable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lvc.sandbox.wasm.FakeHost.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Modules on the engine. */
class EndiveEngineTest {

    private final WasmEngine engine = new EndiveEngine();
    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        engine.close();
    }

    private Guest guest(byte[] module) throws Exception {
        return guest(module, Duration.ofSeconds(10));
    }

    private Guest guest(byte[] module, Duration limit) throws Exception {
        GuestSettings settings = new GuestSettings("t", List.of("first", "second"), Map.of(), 2 << 20, limit, true);
        return engine.load(module).link(settings, host);
    }

    @Test
    void theIdentityCopiesBatchAfterBatch() throws Exception {
        // Given
        host.batch(record(0, 1, "a", "1"), record(1, 1, "b", "2"));
        host.batches.add(List.of());
        host.batch(record(2, 1, "c", "x".repeat(200_000)));
        Guest guest = guest(Modules.identity());
        // When
        assertThatThrownBy(guest::run).isInstanceOf(FakeHost.NoMore.class);
        // Then
        assertThat(host.emitted)
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly("a", "b", "c");
        assertThat(host.emitted.get(2).value()).hasSize(200_000);
        assertThat(guest.memoryBytes()).isEqualTo(4 * 65_536);
    }

    @Test
    void simdAndBulkMemoryRun() throws Exception {
        // Given
        String value = "0123456789abcdef".repeat(50) + "tail";
        host.batch(record(0, 1, "k", value));
        // When
        assertThatThrownBy(guest(Modules.test("simd"))::run).isInstanceOf(FakeHost.NoMore.class);
        // Then
        assertThat(new String(host.emitted.get(0).value(), UTF_8)).isEqualTo(value);
    }

    @Test
    void theSecondOutputIsChosenByOption() throws Exception {
        // Given
        host.batch(record(0, 1, "k", "v"));
        // When
        assertThatThrownBy(guest(Modules.test("second_output"))::run).isInstanceOf(FakeHost.NoMore.class);
        // Then
        assertThat(host.outputs).containsExactly(1);
    }

    @Test
    void version3ModulesRunBehindTheirSwitch() throws Exception {
        // Given
        host.batch(record(0, 1, "k", "v"));
        // When
        assertThatThrownBy(guest(Modules.test("abi_3"))::run).isInstanceOf(FakeHost.NoMore.class);
        // Then
        assertThat(host.batches).isEmpty();
        GuestSettings without =
                new GuestSettings("t", List.of("first"), Map.of(), 2 << 20, Duration.ofSeconds(1), false);
        assertThatThrownBy(() -> engine.load(Modules.test("abi_3")).link(without, host))
                .isInstanceOf(Unlinkable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exits_on_record | exited with code: 3",
                "returns_on_record | vm has exited",
                "recurses | call stack exhausted",
                "out_of_range | out of bounds memory access: attempted to access address: 65532 but limit is: 65536"
                        + " and size: 8",
                "spins_at_start | time limit of 200 ms exceeded",
                "spins_on_record | time limit of 200 ms exceeded",
                "greedy | module wants 3145728 bytes of memory, limit is 2097152",
                "grows | exited with code: 99",
            })
    void whatEndsUnaskedIsATrap(String module, String message) throws Exception {
        // Given
        host.batch(record(0, 1, "k", "v"));
        Duration limit = module.startsWith("spins") ? Duration.ofMillis(200) : Duration.ofSeconds(10);
        Guest guest = guest(Modules.test(module), limit);
        // When
        assertThatThrownBy(guest::run).isInstanceOf(Trap.class).hasMessage(message);
        // Then
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(host.emitted).isEmpty();
    }

    @Test
    void aModuleThatReturnsAtOnceIsATrapToo() throws Exception {
        assertThatThrownBy(guest(Modules.holding())::run)
                .isInstanceOf(Trap.class)
                .hasMessage("vm has exited");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown_import", "wrong_type"})
    void whatTheHostDoesNotHaveCannotBeLinked(String module) {
        assertThatThrownBy(() -> guest(Modules.test(module))).isInstanceOf(Unlinkable.class);
    }

    /** A host that computes where {@link FakeHost} answers at once. */
    private GuestHost slow(Duration perBatch, Duration perRecord) {
        return new GuestHost() {
            @Override
            public List<InputRecord> nextBatch() {
                compute(perBatch);
                return host.nextBatch();
            }

            @Override
            public void reading(InputRecord record) {
                compute(perRecord);
            }

            @Override
            public void emit(int output, OutputRecord record) {
                host.emit(output, record);
            }

            @Override
            public void print(boolean error, byte[] line) {}
        };
    }

    /** Uses processor time. */
    private static void compute(Duration time) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + time.toNanos();
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private Guest identityWithin(Duration limit, GuestHost on) throws Exception {
        GuestSettings settings = new GuestSettings("t", List.of("first"), Map.of(), 2 << 20, limit, false);
        return engine.load(Modules.identity()).link(settings, on);
    }

    @Test
    void timeSpentInWaitingForRecordsDoesNotCount() throws Exception {
        // Given
        host.batch(record(0, 1, "k", "v"));
        Guest guest = identityWithin(Duration.ofMillis(500), slow(Duration.ofMillis(700), Duration.ZERO));
        // When
        assertThatThrownBy(guest::run).isInstanceOf(FakeHost.NoMore.class);
        // Then
        assertThat(host.emitted).hasSize(1);
    }

    @Test
    void everyRecordHasTheWholeTimeAgain() throws Exception {
        // Given
        host.batch(record(0, 1, "a", "1"), record(1, 1, "b", "2"), record(2, 1, "c", "3"), record(3, 1, "d", "4"));
        Guest guest = identityWithin(Duration.ofMillis(500), slow(Duration.ZERO, Duration.ofMillis(200)));
        // When
        assertThatThrownBy(guest::run).isInstanceOf(FakeHost.NoMore.class);
        // Then
        assertThat(host.emitted).hasSize(4);
    }

    @Test
    void aComputingModuleCanBeStopped() throws Exception {
        // Given
        Guest guest = guest(Modules.test("spins_at_start"), Duration.ofMinutes(1));
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                guest.run();
            } catch (Throwable e) {
                end.set(e);
            }
        });
        thread.start();
        await().until(() -> guest.memoryBytes() > 0);
        // When
        guest.stop();
        // Then
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(end.get()).isNull();
    }
}
