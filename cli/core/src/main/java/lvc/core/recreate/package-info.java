/** Rebuilds the hot topic of a cache from the topic that outlives it, without losing a value. */
@NullMarked
package lvc.core.recreate;

import org.jspecify.annotations.NullMarked;
