/** What modules may do and what happens when they do more. */
@NullMarked
package lvc.sandbox.wasm;

import org.jspecify.annotations.NullMarked;
