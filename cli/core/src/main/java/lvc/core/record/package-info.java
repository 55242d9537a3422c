/** Records as people write and read them: format templates, lines, tombstones, offset ranges. */
@NullMarked
package lvc.core.record;

import org.jspecify.annotations.NullMarked;
