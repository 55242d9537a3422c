/** Tests of the journal's form, its pen and its heartbeat, without a cluster. */
@NullMarked
package lvc.adapter.journal;

import org.jspecify.annotations.NullMarked;
