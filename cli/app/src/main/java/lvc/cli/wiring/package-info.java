/** The one place where adapters meet ports. */
@NullMarked
package lvc.cli.wiring;

import org.jspecify.annotations.NullMarked;
