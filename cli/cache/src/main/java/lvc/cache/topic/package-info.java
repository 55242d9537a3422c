/** Keeps the store of a topic up to date with the brokers, and says how fresh it is. */
@NullMarked
package lvc.cache.topic;

import org.jspecify.annotations.NullMarked;
