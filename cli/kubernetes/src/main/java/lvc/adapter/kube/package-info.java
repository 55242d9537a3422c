/** Kubernetes, over its API. */
@NullMarked
package lvc.adapter.kube;

import org.jspecify.annotations.NullMarked;
