/** What can be set on the cluster while it runs: Redpanda's cluster properties and the sandbox's own fault switches. */
@NullMarked
package lvc.sandbox.config;

import org.jspecify.annotations.NullMarked;
