/** Tests of JSON lines. */
@org.jspecify.annotations.NullMarked
package lvc.adapter.json;
