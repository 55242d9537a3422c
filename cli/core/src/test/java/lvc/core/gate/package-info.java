/** The gate against simulated samples. */
@NullMarked
package lvc.core.gate;

import org.jspecify.annotations.NullMarked;
