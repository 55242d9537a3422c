/** Putting Redpanda and an object store on Kubernetes: what is wanted, and when it is ready. */
@NullMarked
package lvc.core.install;

import org.jspecify.annotations.NullMarked;
