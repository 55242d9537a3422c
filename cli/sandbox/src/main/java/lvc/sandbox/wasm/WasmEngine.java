package lvc.sandbox.wasm;

import java.util.List;
import java.util.Optional;

/**
 * An engine for WebAssembly modules, as small as the sandbox needs it: so that another one can take its place. A module
 * is loaded once ({@link Program}) and linked for every virtual machine that runs it ({@link Guest}).
 */
public interface WasmEngine extends AutoCloseable {

    /**
     * Reads and validates a module.
     *
     * @throws NotWasm when these bytes are not a valid module
     */
    Program load(byte[] module) throws NotWasm;

    /** Stops watching the guests; to be called after the last of them has ended. */
    @Override
    void close();

    /** A module that was read: what it wants and what it offers. */
    interface Program {

        /** Everything the module imports, in its order. */
        List<Import> imports();

        /** The type of the function that is exported under a name; empty when there is none. */
        Optional<Signature> exportedFunction(String name);

        /** Whether a memory is exported under this name. */
        boolean exportsMemory(String name);

        /**
         * Prepares a virtual machine of this module; nothing of it runs yet.
         *
         * @throws Unlinkable when it imports what the host does not have, or has with another type
         */
        Guest link(GuestSettings settings, GuestHost host) throws Unlinkable;
    }

    /** A virtual machine. It runs once, on one thread. */
    interface Guest {

        /**
         * Creates the memory and calls {@code _start} on the calling thread. Returns only after {@link #stop}.
         *
         * @throws Trap when the module trapped, exited, returned, or asked for more memory or time than it may have
         * @throws Unwinding what the {@link GuestHost} threw, unchanged
         */
        void run() throws Trap;

        /** Makes {@link #run} return soon if the module is computing; a host that waits has to come back by itself. */
        void stop();

        /** Bytes of memory in use. */
        long memoryBytes();
    }

    /**
     * Something a module imports.
     *
     * @param type empty for what is not a function: a memory, a table or a global
     */
    record Import(String module, String name, Optional<Signature> type) {}

    /** The bytes are no valid WebAssembly module. */
    final class NotWasm extends Exception {
        public NotWasm(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A module wants something the host does not have. */
    final class Unlinkable extends Exception {
        public Unlinkable(String message) {
            super(message);
        }
    }

    /** A module came to an end that was not asked for. */
    final class Trap extends Exception {
        public Trap(String message) {
            super(message);
        }

        public Trap(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
