/** Everything that may go wrong, and what a person does then. */
@NullMarked
package lvc.core.fault;

import org.jspecify.annotations.NullMarked;
