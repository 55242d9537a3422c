/** Secrets, which come from files. */
@NullMarked
package lvc.core.secret;

import org.jspecify.annotations.NullMarked;
