/** The reference pages, made from the code they describe. */
@NullMarked
package lvc.cli.reference;

import org.jspecify.annotations.NullMarked;
