/** The newest value of every key of one topic, in memory: one writer, many readers, no locks between them. Knows the JDK and records. */
@NullMarked
package lvc.cache.store;

import org.jspecify.annotations.NullMarked;
