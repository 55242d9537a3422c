/** Tests of the sandbox as a whole, in process and as a child process. */
@NullMarked
package lvc.sandbox;

import org.jspecify.annotations.NullMarked;
