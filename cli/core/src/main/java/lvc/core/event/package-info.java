/** What happened, once: views, journal and tests all read this. */
@NullMarked
package lvc.core.event;

import org.jspecify.annotations.NullMarked;
