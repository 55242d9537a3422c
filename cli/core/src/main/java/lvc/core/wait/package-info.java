/** Waiting on a condition, with a deadline, a reason and a sign of life. */
@NullMarked
package lvc.core.wait;

import org.jspecify.annotations.NullMarked;
