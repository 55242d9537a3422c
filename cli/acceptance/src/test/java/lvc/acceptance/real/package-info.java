/** Real neighbours against the sandbox: transforms built with Redpanda's SDKs, rpk and kcat, none of them changed. */
@NullMarked
package lvc.acceptance.real;

import org.jspecify.annotations.NullMarked;
