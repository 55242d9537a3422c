/** Tells others, over HTTP, what has changed. */
@NullMarked
package lvc.cache.push;

import org.jspecify.annotations.NullMarked;
