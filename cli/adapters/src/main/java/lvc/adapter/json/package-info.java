/** JSON, by Jackson: records as JSON lines. */
@NullMarked
package lvc.adapter.json;

import org.jspecify.annotations.NullMarked;
