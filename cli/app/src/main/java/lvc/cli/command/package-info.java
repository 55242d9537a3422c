/** One class per verb: parse, plan, show, ask, run. */
@NullMarked
package lvc.cli.command;

import org.jspecify.annotations.NullMarked;
