/** From records to the latest values: the idea a last value cache is named after. */
@NullMarked
package lvc.core.fold;

import org.jspecify.annotations.NullMarked;
