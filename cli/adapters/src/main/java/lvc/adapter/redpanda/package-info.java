/** Redpanda's Admin API: transforms and the cluster. */
@NullMarked
package lvc.adapter.redpanda;

import org.jspecify.annotations.NullMarked;
