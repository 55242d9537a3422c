package lvc.sandbox.wasm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The import module {@code wasi_snapshot_preview1} as Redpanda answers it: arguments, environment, a clock that follows
 * the records, random numbers that are none, and printing. There are no files and no sockets: all else is there, so
 * that modules link, and answers "not supported". (Redpanda source, wasm/wasi.cc)
 */
final class WasiFunctions {

    static final String MODULE = "wasi_snapshot_preview1";

    private static final int SUCCESS = 0;
    private static final int BAD_FILE = 8;
    /** WASI's own number is 28; the broker answers 16. */
    private static final int INVALID = 16;

    private static final int NOT_SUPPORTED = 52;

    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final byte RANDOM = 9;

    private static final int CLOCK_REALTIME = 0;
    private static final int LAST_CLOCK = 3;

    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;

    /** Name and parameters of what is there only to be linked; the results are always one i32. */
    private static final Map<String, String> UNSUPPORTED = Map.ofEntries(
            Map.entry("fd_advise", "ijji"),
            Map.entry("fd_allocate", "ijj"),
            Map.entry("fd_close", "i"),
            Map.entry("fd_datasync", "i"),
            Map.entry("fd_fdstat_get", "ii"),
            Map.entry("fd_fdstat_set_flags", "ii"),
            Map.entry("fd_fdstat_set_rights", "ijj"),
            Map.entry("fd_filestat_get", "ii"),
            Map.entry("fd_filestat_set_size", "ij"),
            Map.entry("fd_filestat_set_times", "ijji"),
            Map.entry("fd_pread", "iiiji"),
            Map.entry("fd_prestat_dir_name", "iii"),
            Map.entry("fd_pwrite", "iiiji"),
            Map.entry("fd_read", "iiii"),
            Map.entry("fd_readdir", "iiiji"),
            Map.entry("fd_renumber", "ii"),
            Map.entry("fd_seek", "ijii"),
            Map.entry("fd_sync", "i"),
            Map.entry("fd_tell", "ii"),
            Map.entry("path_create_directory", "iii"),
            Map.entry("path_filestat_get", "iiiii"),
            Map.entry("path_filestat_set_times", "iiiijji"),
            Map.entry("path_link", "iiiiiii"),
            Map.entry("path_open", "iiiiijjii"),
            Map.entry("path_readlink", "iiiiii"),
            Map.entry("path_remove_directory", "iii"),
            Map.entry("path_rename", "iiiiii"),
            Map.entry("path_symlink", "iiiii"),
            Map.entry("path_unlink_file", "iii"),
            Map.entry("sock_accept", "iii"),
            Map.entry("sock_recv", "iiiiii"),
            Map.entry("sock_send", "iiiii"),
            Map.entry("sock_shutdown", "ii"));

    private final List<byte[]> arguments;
    private final List<byte[]> environment = new ArrayList<>();
    private final GuestHost host;
    private final GuestClock clock;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    WasiFunctions(GuestSettings settings, GuestHost host, GuestClock clock) {
        arguments = List.of(zeroEnded(settings.name()));
        settings.environment().forEach((key, value) -> environment.add(zeroEnded(key + "=" + value)));
        this.host = host;
        this.clock = clock;
    }

    /** The module called {@code proc_exit}. */
    static final class Exit extends RuntimeException {
        Exit(int code) {
            super("exited with code: " + code, null, false, false);
        }
    }

    List<HostFunction> all() {
        List<HostFunction> all = new ArrayList<>();
        all.add(new HostFunction(MODULE, "args_get", "ii", "i", (memory, a) -> texts(memory, a, arguments)));
        all.add(new HostFunction(MODULE, "args_sizes_get", "ii", "i", (memory, a) -> sizes(memory, a, arguments)));
        all.add(new HostFunction(MODULE, "environ_get", "ii", "i", (memory, a) -> texts(memory, a, environment)));
        all.add(new HostFunction(MODULE, "environ_sizes_get", "ii", "i", (memory, a) -> sizes(memory, a, environment)));
        all.add(new HostFunction(MODULE, "clock_res_get", "ii", "i", WasiFunctions::clockResolution));
        all.add(new HostFunction(MODULE, "clock_time_get", "iji", "i", this::clockTime));
        all.add(new HostFunction(MODULE, "fd_prestat_get", "ii", "i", WasiFunctions::prestat));
        all.add(new HostFunction(MODULE, "fd_write", "iiii", "i", this::write));
        all.add(new HostFunction(MODULE, "poll_oneoff", "iiii", "i", WasiFunctions::poll));
        all.add(new HostFunction(MODULE, "proc_exit", "i", "", WasiFunctions::exit));
        all.add(new HostFunction(MODULE, "random_get", "ii", "i", WasiFunctions::random));
        all.add(new HostFunction(MODULE, "sched_yield", "", "i", (memory, a) -> SUCCESS));
        UNSUPPORTED.forEach((name, parameters) ->
                all.add(new HostFunction(MODULE, name, parameters, "i", (memory, a) -> NOT_SUPPORTED)));
        return all;
    }

    /** Hands on what was printed without an end of line; for the end of a module, whose last words these are. */
    void flush() {
        flush(out, false);
        flush(error, true);
    }

    private void flush(ByteArrayOutputStream line, boolean toError) {
        if (line.size() > 0) {
            host.print(toError, line.toByteArray());
            line.reset();
        }
    }

    private static byte[] zeroEnded(String text) {
        return (text + '\0').getBytes(UTF_8);
    }

    private static long sizes(GuestMemory memory, long[] a, List<byte[]> texts) {
        memory.putInt((int) a[0], texts.size());
        memory.putInt((int) a[1], texts.stream().mapToInt(text -> text.length).sum());
        return SUCCESS;
    }

    private static long texts(GuestMemory memory, long[] a, List<byte[]> texts) {
        int pointer = (int) a[0];
        int address = (int) a[1];
        for (byte[] text : texts) {
            memory.putInt(pointer, address);
            memory.put(address, text, text.length);
            pointer += Integer.BYTES;
            address += text.length;
        }
        return SUCCESS;
    }

    private static long clockResolution(GuestMemory memory, long[] a) {
        if (!isClock((int) a[0])) {
            return INVALID;
        }
        memory.putLong((int) a[1], GuestClock.TICK_NANOS);
        return SUCCESS;
    }

    private long clockTime(GuestMemory memory, long[] a) {
        if (!isClock((int) a[0])) {
            return INVALID;
        }
        memory.putLong((int) a[2], (int) a[0] == CLOCK_REALTIME ? clock.wallNanos() : clock.nextMonotonicNanos());
        return SUCCESS;
    }

    private static boolean isClock(int id) {
        return id >= CLOCK_REALTIME && id <= LAST_CLOCK;
    }

    /** "Not supported" for the three standard streams, then "bad file": that ends a C library's search for folders. */
    private static long prestat(GuestMemory memory, long[] a) {
        return (int) a[0] >= 0 && (int) a[0] <= STDERR ? NOT_SUPPORTED : BAD_FILE;
    }

    private long write(GuestMemory memory, long[] a) {
        int file = (int) a[0];
        if (file != STDOUT && file != STDERR) {
            return NOT_SUPPORTED;
        }
        int written = 0;
        for (int i = 0; i < (int) a[2]; i++) {
            int vector = (int) a[1] + i * 2 * Integer.BYTES;
            byte[] bytes = memory.get(memory.getInt(vector), memory.getInt(vector + Integer.BYTES));
            print(file == STDERR, bytes);
            written += bytes.length;
        }
        memory.putInt((int) a[3], written);
        return SUCCESS;
    }

    private void print(boolean toError, byte[] bytes) {
        ByteArrayOutputStream line = toError ? error : out;
        for (byte next : bytes) {
            if (next == '\n') {
                host.print(toError, line.toByteArray());
                line.reset();
            } else {
                line.write(next);
            }
        }
        if (line.size() > LONGEST_LINE) {
            flush(line, toError);
        }
    }

    /** Clocks are said to have fired at once; files are said not to be supported. */
    private static long poll(GuestMemory memory, long[] a) {
        int count = (int) a[2];
        if (count <= 0) {
            return INVALID;
        }
        for (int i = 0; i < count; i++) {
            int subscription = (int) a[0] + i * SUBSCRIPTION_BYTES;
            int event = (int) a[1] + i * EVENT_BYTES;
            byte kind = memory.getByte(subscription + Long.BYTES);
            memory.fill(event, EVENT_BYTES, (byte) 0);
            memory.putLong(event, memory.getLong(subscription));
            memory.putShort(event + Long.BYTES, (short) (kind == 0 ? SUCCESS : NOT_SUPPORTED));
            memory.putByte(event + Long.BYTES + Short.BYTES, kind);
        }
        memory.putInt((int) a[3], count);
        return SUCCESS;
    }

    private static long exit(GuestMemory memory, long[] a) {
        throw new Exit((int) a[0]);
    }

    private static long random(GuestMemory memory, long[] a) {
        memory.fill((int) a[0], (int) a[1], RANDOM);
        return SUCCESS;
    }
}
