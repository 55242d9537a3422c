/** Transforms as a client and a metrics page see them, on partitions in memory. */
@NullMarked
package lvc.sandbox.transform;

import org.jspecify.annotations.NullMarked;
