/** A real Apache Kafka broker inside this process, and what Redpanda does differently from it. */
@NullMarked
package lvc.sandbox.broker;

import org.jspecify.annotations.NullMarked;
