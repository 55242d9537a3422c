/** Proves that two topics fold to the same values, also while they are written to. */
@NullMarked
package lvc.core.verify;

import org.jspecify.annotations.NullMarked;
