/** Reads a cache that lvc serves, follows its changes, and writes to it. Everything public is for programs of others. */
@NullMarked
package lvc.client;

import org.jspecify.annotations.NullMarked;
