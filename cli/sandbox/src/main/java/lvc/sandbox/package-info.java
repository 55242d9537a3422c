/** The sandbox as a whole: a cluster in a box, started in process or as a program of its own. */
@NullMarked
package lvc.sandbox;

import org.jspecify.annotations.NullMarked;
