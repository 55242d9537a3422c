/** Tests of the fold. */
@org.jspecify.annotations.NullMarked
package lvc.core.fold;
