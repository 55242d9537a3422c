/** What a run of recreate writes down: what it saw, what it is about to do, what happened. */
@NullMarked
package lvc.core.journal;

import org.jspecify.annotations.NullMarked;
