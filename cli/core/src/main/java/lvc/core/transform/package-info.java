/** What runs between two topics. */
@NullMarked
package lvc.core.transform;

import org.jspecify.annotations.NullMarked;
