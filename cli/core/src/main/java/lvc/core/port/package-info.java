/** The outside as the rules wish it were; adapters make it true. */
@NullMarked
package lvc.core.port;

import org.jspecify.annotations.NullMarked;
