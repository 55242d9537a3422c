package lvc.sandbox.wasm;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lvc.sandbox.wasm.WasmEngine.Import;
import lvc.sandbox.wasm.WasmEngine.NotWasm;
import lvc.sandbox.wasm.WasmEngine.Program;

/**
 * What the broker looks at before it accepts a module: that it is one, that it can be started, and that it names a
 * version of the interface. Other imports are not looked at: a module that wants something unknown is accepted and
 * then never comes to life. (Redpanda source, wasm/wasmtime.cc)
 */
public final class ModuleCheck {

    private static final String NOT_WASM = "invalid WebAssembly module";
    private static final String NOT_STARTABLE = "invalid WebAssembly - missing required WASI functions";
    private static final String NO_TRANSFORM =
            "Invalid WebAssembly - the binary is missing required transform functions."
                    + " Check the broker support for the version of the Data Transforms SDK being used.";

    private static final Pattern ABI = Pattern.compile("check_abi_version_\\d+");

    private final WasmEngine engine;

    public ModuleCheck(WasmEngine engine) {
        this.engine = engine;
    }

    /** The broker would not take this module; the message is what it answers, with status 400. */
    public static final class Unacceptable extends Exception {
        Unacceptable(String message) {
            super(message);
        }
    }

    /**
     * Loads a module if it is acceptable.
     *
     * @param abi3 whether modules of the newer, unverified version 3 are acceptable too
     */
    public Program load(byte[] module, boolean abi3) throws Unacceptable {
        Program program;
        try {
            program = engine.load(module);
        } catch (NotWasm e) {
            throw new Unacceptable(NOT_WASM);
        }
        boolean start = program.exportedFunction("_start").equals(Optional.of(Signature.NONE));
        if (!start || !program.exportsMemory("memory")) {
            throw new Unacceptable(NOT_STARTABLE);
        }
        Set<String> versions = abi3
                ? Set.of("check_abi_version_1", "check_abi_version_2", "check_abi_version_3")
                : Set.of("check_abi_version_1", "check_abi_version_2");
        boolean named = program.imports().stream()
                .anyMatch(wanted -> isAbi(wanted, TransformFunctions.MODULE) && versions.contains(wanted.name()));
        boolean strange = program.imports().stream()
                .anyMatch(wanted -> wanted.module().equals(SchemaRegistryFunctions.MODULE)
                        && ABI.matcher(wanted.name()).matches()
                        && !wanted.name().equals("check_abi_version_0"));
        if (!named || strange) {
            throw new Unacceptable(NO_TRANSFORM);
        }
        return program;
    }

    private static boolean isAbi(Import wanted, String module) {
        return wanted.module().equals(module) && wanted.type().equals(Optional.of(Signature.NONE));
    }
}
