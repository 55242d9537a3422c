/** The path of records, in and out, against the sandbox. */
@NullMarked
package lvc.acceptance.records;

import org.jspecify.annotations.NullMarked;
