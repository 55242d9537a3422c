/** Redpanda's Admin API and its metrics endpoints, as far as rpk and lvc use them. */
@NullMarked
package lvc.sandbox.admin;

import org.jspecify.annotations.NullMarked;
