package lvc.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import lvc.core.fault.Fault;
import lvc.core.transform.Module;

/** Modules and their variables, from files. */
final class ModuleFiles {

    private ModuleFiles() {}

    /**
     * Reads a module.
     *
     * @param flag that named the file
     * @throws Fault USAGE when it cannot be read or is no WebAssembly binary
     */
    static Module module(Path path, String flag) {
        try {
            Module module = Module.of(Files.readAllBytes(path));
            if (!module.isWebAssembly()) {
                throw Fault.usage(
                        "module not deployed",
                        path + " is no WebAssembly binary: it does not begin with \\0asm",
                        "build one with 'rpk transform build', or leave " + flag + " out for the built-in identity");
            }
            return module;
        } catch (IOException e) {
            throw Fault.usage("module not read", "cannot read " + path, flag + " FILE.wasm")
                    .causedBy(e);
        }
    }

    /**
     * Reads variables, {@code KEY=VALUE} per line. The value is whatever stands behind the first equals sign, kept as it
     * is; blank lines count for nothing.
     */
    static Map<String, String> variables(Path path, String flag) {
        Map<String, String> all = new HashMap<>();
        try {
            for (String line : Files.readAllLines(path)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    all.put(line.substring(0, equals), line.substring(equals + 1));
                } else if (!line.isBlank()) {
                    throw Fault.usage(
                            "variables not read", "a line of " + path + " has no KEY=VALUE", "one variable per line");
                }
            }
        } catch (IOException e) {
            throw Fault.usage("variables not read", "cannot read " + path, flag + " FILE, KEY=VALUE per line")
                    .causedBy(e);
        }
        return all;
    }
}
