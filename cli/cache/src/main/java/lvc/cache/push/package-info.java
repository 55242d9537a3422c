/** Tells targets what changed: addresses that are given, and the ready pods of a Kubernetes Service. */
@NullMarked
package lvc.cache.push;

import org.jspecify.annotations.NullMarked;
