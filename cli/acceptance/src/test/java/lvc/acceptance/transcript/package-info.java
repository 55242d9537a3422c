/** The command line as a person meets it: scripts of commands and what they must answer. */
@NullMarked
package lvc.acceptance.transcript;

import org.jspecify.annotations.NullMarked;
