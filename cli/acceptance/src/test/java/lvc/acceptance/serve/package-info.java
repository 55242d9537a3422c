/** The cache that is served, against the sandbox. */
@NullMarked
package lvc.acceptance.serve;

import org.jspecify.annotations.NullMarked;
