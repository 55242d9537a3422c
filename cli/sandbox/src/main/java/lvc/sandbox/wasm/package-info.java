/** Runs Redpanda's WebAssembly modules: the engine, the functions it offers to a module, and the check at deploy. */
@NullMarked
package lvc.sandbox.wasm;

import org.jspecify.annotations.NullMarked;
