/** What a cache consists of: approach, topics, their settings, and what is still missing. */
@NullMarked
package lvc.core.topic;

import org.jspecify.annotations.NullMarked;
