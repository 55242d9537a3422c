/** A last value cache shown at work, on topics of its own. */
@NullMarked
package lvc.core.demo;

import org.jspecify.annotations.NullMarked;
