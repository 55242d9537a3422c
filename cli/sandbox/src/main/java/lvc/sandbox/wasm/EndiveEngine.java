package lvc.sandbox.wasm;

import run.endive.wasm.Parser;

/**
 * The engine that is built on Endive's interpreter: it runs everything that Redpanda's own build tools produce, SIMD
 * included, on any Java from 11 on, and compiles nothing.
 */
public final class EndiveEngine implements WasmEngine {

    private final Watchdog watchdog = new Watchdog();

    @Override
    public Program load(byte[] module) throws NotWasm {
        try {
            return new EndiveProgram(Parser.parse(module), watchdog);
        } catch (RuntimeException | StackOverflowError e) {
            // On mangled bytes the parser also runs off its arrays: whatever it throws, these bytes are no module.
            throw new NotWasm(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
