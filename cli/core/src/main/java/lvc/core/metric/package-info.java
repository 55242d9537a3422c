/** What brokers say about themselves in numbers: series, and whether a broker answered at all. */
@NullMarked
package lvc.core.metric;

import org.jspecify.annotations.NullMarked;
