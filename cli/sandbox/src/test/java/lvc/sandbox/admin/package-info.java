/** Tests of the Admin API over HTTP, with the engine and the broker faked. */
@NullMarked
package lvc.sandbox.admin;

import org.jspecify.annotations.NullMarked;
