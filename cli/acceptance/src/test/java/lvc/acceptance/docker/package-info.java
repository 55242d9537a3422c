/** The real things, where Docker is there to run them: Kubernetes in a container, Redpanda in a container. */
@NullMarked
package lvc.acceptance.docker;

import org.jspecify.annotations.NullMarked;
