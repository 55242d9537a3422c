/** Whether a cluster is fit for lvc, before an install and after it. */
@NullMarked
package lvc.core.check;

import org.jspecify.annotations.NullMarked;
