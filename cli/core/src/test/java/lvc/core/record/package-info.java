/** Tests of formats and offset ranges. */
@org.jspecify.annotations.NullMarked
package lvc.core.record;
