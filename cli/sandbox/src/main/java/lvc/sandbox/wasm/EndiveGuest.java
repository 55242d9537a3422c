package lvc.sandbox.wasm;

import java.util.List;
import lvc.sandbox.wasm.WasmEngine.Trap;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.ValType;

/** A module on Endive's interpreter, with its memory in a byte array, which is the fastest of Endive's kinds. */
final class EndiveGuest implements WasmEngine.Guest {

    private static final String RETURNED = "vm has exited";

    private final WasmModule module;
    private final List<HostFunction> imports;
    private final GuestSettings settings;
    private final TimeLimit limit;
    private final Watchdog watchdog;
    private final WasiFunctions wasi;
    private volatile @Nullable Memory memory;

    EndiveGuest(
            WasmModule module,
            List<HostFunction> imports,
            GuestSettings settings,
            TimeLimit limit,
            Watchdog watchdog,
            WasiFunctions wasi) {
        this.module = module;
        this.imports = imports;
        this.settings = settings;
        this.limit = limit;
        this.watchdog = watchdog;
        this.wasi = wasi;
    }

    /** The module declares more memory than it may have. */
    private static final class TooMuchMemory extends RuntimeException {
        TooMuchMemory(long wanted, long most) {
            super("module wants " + wanted + " bytes of memory, limit is " + most, null, false, false);
        }
    }

    @Override
    public void run() throws Trap {
        watchdog.watch(limit);
        try {
            limit.run();
            instance().export("_start").apply();
            throw new Trap(RETURNED);
        } catch (Unwinding e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // The interpreter also runs off its own arrays on some broken programs: to the host all of it is a trap.
            if (!limit.stopped()) {
                String why = limit.expired()
                        ? "time limit of " + settings.timeLimit().toMillis() + " ms exceeded"
                        : String.valueOf(e.getMessage());
                throw new Trap(why, e);
            }
        } finally {
            limit.end();
            watchdog.forget(limit);
            wasi.flush();
        }
    }

    @Override
    public void stop() {
        limit.stop();
    }

    @Override
    public long memoryBytes() {
        Memory now = memory;
        return now == null ? 0 : (long) now.pages() * Memory.PAGE_SIZE;
    }

    private Instance instance() {
        ImportValues.Builder values = ImportValues.builder();
        for (HostFunction function : imports) {
            values.addFunction(function(function));
        }
        return Instance.builder(module)
                .withImportValues(values.build())
                .withMemoryFactory(this::limited)
                .withStart(false)
                .build();
    }

    private Memory limited(MemoryLimits declared) {
        long most = settings.memoryBytes() / Memory.PAGE_SIZE;
        if (declared.initialPages() > most) {
            throw new TooMuchMemory((long) declared.initialPages() * Memory.PAGE_SIZE, settings.memoryBytes());
        }
        int pages = (int) Math.min(Math.min(most, declared.maximumPages()), Memory.RUNTIME_MAX_PAGES);
        Memory created = new ByteArrayMemory(new MemoryLimits(declared.initialPages(), pages));
        if (memory == null) {
            memory = created;
        }
        return created;
    }

    private static run.endive.runtime.HostFunction function(HostFunction offered) {
        FunctionType type = FunctionType.of(
                types(offered.type().parameters()), types(offered.type().results()));
        HostFunction.Body body = offered.body();
        boolean answers = !offered.type().results().isEmpty();
        MemoryView view = new MemoryView();
        return new run.endive.runtime.HostFunction(offered.module(), offered.name(), type, (instance, arguments) -> {
            long answer = body.call(view.of(instance), arguments);
            return answers ? new long[] {answer} : new long[0];
        });
    }

    private static ValType[] types(String letters) {
        return letters.chars()
                .mapToObj(letter -> letter == 'j' ? ValType.I64 : ValType.I32)
                .toArray(ValType[]::new);
    }

    /** The module's first memory, found when it is first needed: the instance is being built when functions are made. */
    private static final class MemoryView {
        private @Nullable EndiveMemory memory;

        GuestMemory of(Instance instance) {
            EndiveMemory known = memory;
            if (known == null) {
                known = new EndiveMemory(instance.memory());
                memory = known;
            }
            return known;
        }
    }

    private record EndiveMemory(Memory memory) implements GuestMemory {
        @Override
        public void putByte(int address, byte value) {
            memory.writeByte(address, value);
        }

        @Override
        public void putShort(int address, short value) {
            memory.writeShort(address, value);
        }

        @Override
        public void putInt(int address, int value) {
            memory.writeI32(address, value);
        }

        @Override
        public void putLong(int address, long value) {
            memory.writeLong(address, value);
        }

        @Override
        public void put(int address, byte[] source, int length) {
            memory.write(address, source, 0, length);
        }

        @Override
        public byte getByte(int address) {
            return memory.read(address);
        }

        @Override
        public int getInt(int address) {
            return memory.readInt(address);
        }

        @Override
        public long getLong(int address) {
            return memory.readLong(address);
        }

        @Override
        public byte[] get(int address, int length) {
            return memory.readBytes(address, length);
        }

        @Override
        public void fill(int address, int length, byte value) {
            memory.fill(value, address, address + length);
        }
    }
}
