/** Objects of Kubernetes as lvc sees them: what they hold, what would change, how far they are. */
@NullMarked
package lvc.core.kube;

import org.jspecify.annotations.NullMarked;
