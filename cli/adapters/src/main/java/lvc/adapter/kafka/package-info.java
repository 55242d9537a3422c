/** Topics and records, as a Kafka client sees them. */
@NullMarked
package lvc.adapter.kafka;

import org.jspecify.annotations.NullMarked;
