package lvc.sandbox.wasm;

/** A function that a module may import. */
record HostFunction(String module, String name, Signature type, Body body) {

    HostFunction(String module, String name, String parameters, String results, Body body) {
        this(module, name, new Signature(parameters, results), body);
    }

    /** What it does. Arguments narrower than i64 lie in the low bits; the answer of a function without one is dropped. */
    @FunctionalInterface
    interface Body {
        long call(GuestMemory memory, long[] arguments);
    }
}
