/** Measurements: lvc against what one would use instead, in one run, as ratios. */
@NullMarked
package lvc.acceptance.bench;

import org.jspecify.annotations.NullMarked;
