/** How brokers in Kubernetes are reached from this machine. */
@NullMarked
package lvc.core.reach;

import org.jspecify.annotations.NullMarked;
