/** Recreate disturbed: killed, suspended, cut off, written past; and never a value lost. */
@NullMarked
package lvc.acceptance.recreate;

import org.jspecify.annotations.NullMarked;
