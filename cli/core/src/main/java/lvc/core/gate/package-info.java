/** When it is safe to go on, and the reason while it is not. Pure: samples in, a verdict out. */
@NullMarked
package lvc.core.gate;

import org.jspecify.annotations.NullMarked;
