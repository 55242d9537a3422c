/** Who is looking: terminals, prompts, colour. */
@NullMarked
package lvc.cli.term;

import org.jspecify.annotations.NullMarked;
