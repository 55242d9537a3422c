/** What was found and what is going to be done: plain values that views print. */
@NullMarked
package lvc.core.report;

import org.jspecify.annotations.NullMarked;
