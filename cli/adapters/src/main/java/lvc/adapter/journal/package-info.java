/** The journal of recreate, kept in a topic of the cluster, and the sign of life that a run writes to it. */
@NullMarked
package lvc.adapter.journal;

import org.jspecify.annotations.NullMarked;
