/** The sandbox as the tests of this room have it: in a process of its own, known by its addresses. */
@NullMarked
package lvc.acceptance.sandbox;

import org.jspecify.annotations.NullMarked;
