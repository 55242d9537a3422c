/** The cache that is served: put together, and started alone. */
@NullMarked
package lvc.cache;

import org.jspecify.annotations.NullMarked;
