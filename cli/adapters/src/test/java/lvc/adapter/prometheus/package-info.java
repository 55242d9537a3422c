/** The text format and the scrape, against pages written for the tests. */
@NullMarked
package lvc.adapter.prometheus;

import org.jspecify.annotations.NullMarked;
