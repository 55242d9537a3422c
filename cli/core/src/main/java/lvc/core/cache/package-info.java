/** What is done to a cache as a whole: create, delete, look at. */
@NullMarked
package lvc.core.cache;

import org.jspecify.annotations.NullMarked;
