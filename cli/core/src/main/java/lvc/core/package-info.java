/** The rules of a last value cache. Nothing here knows Kafka, HTTP or a terminal. */
@NullMarked
package lvc.core;

import org.jspecify.annotations.NullMarked;
