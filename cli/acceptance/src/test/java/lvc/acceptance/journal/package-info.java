/** The journal of recreate in a running sandbox. */
@NullMarked
package lvc.acceptance.journal;

import org.jspecify.annotations.NullMarked;
