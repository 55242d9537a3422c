/** What is read from files of this machine. */
@NullMarked
package lvc.adapter.file;

import org.jspecify.annotations.NullMarked;
