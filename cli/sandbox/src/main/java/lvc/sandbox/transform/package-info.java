/** Data transforms as Redpanda runs them: who may be deployed, the processors, what they commit and what they report. */
@NullMarked
package lvc.sandbox.transform;

import org.jspecify.annotations.NullMarked;
