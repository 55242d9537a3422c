/** The metrics of the brokers, in the text format of Prometheus. */
@NullMarked
package lvc.adapter.prometheus;

import org.jspecify.annotations.NullMarked;
