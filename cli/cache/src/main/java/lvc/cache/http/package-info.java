/** What is served: values, listings, changes, the page. */
@NullMarked
package lvc.cache.http;

import org.jspecify.annotations.NullMarked;
