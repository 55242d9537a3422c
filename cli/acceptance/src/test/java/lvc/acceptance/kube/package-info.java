/** A real Kubernetes API server and a real MinIO, for tests of what lvc does to them. */
@NullMarked
package lvc.acceptance.kube;

import org.jspecify.annotations.NullMarked;
