/** Every setting there is, and where its value came from. */
@NullMarked
package lvc.cli.setting;

import org.jspecify.annotations.NullMarked;
