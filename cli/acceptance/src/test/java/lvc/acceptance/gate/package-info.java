/** The gate on a running sandbox, with records that are really copied. */
@NullMarked
package lvc.acceptance.gate;

import org.jspecify.annotations.NullMarked;
