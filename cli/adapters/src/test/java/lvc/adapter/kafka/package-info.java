/** Tests of what Kafka's words are turned into, without a cluster. */
@NullMarked
package lvc.adapter.kafka;

import org.jspecify.annotations.NullMarked;
