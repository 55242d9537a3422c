/** What recreate asks of a cluster, asked of a running sandbox. */
@NullMarked
package lvc.acceptance.adapter;

import org.jspecify.annotations.NullMarked;
