/** Tests of the cluster configuration. */
@NullMarked
package lvc.sandbox.config;

import org.jspecify.annotations.NullMarked;
