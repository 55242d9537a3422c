/** The clock of this machine. */
@NullMarked
package lvc.adapter.time;

import org.jspecify.annotations.NullMarked;
