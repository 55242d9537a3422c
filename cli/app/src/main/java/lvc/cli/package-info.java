/** The command line. */
@NullMarked
package lvc.cli;

import org.jspecify.annotations.NullMarked;
