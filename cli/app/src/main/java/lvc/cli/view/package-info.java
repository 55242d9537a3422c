/** Events in, text out: the only place that prints. */
@NullMarked
package lvc.cli.view;

import org.jspecify.annotations.NullMarked;
