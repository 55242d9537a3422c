package lvc.cache.push;

import java.net.URI;

/**
 * Somebody who is told.
 *
 * @param address where updates are posted to: scheme, host, port and path
 */
public record Target(URI address, PushFormat format) {

    /** Where the clients of kafka-keyvalue listen. */
    public static final String KKV_PATH = "/kafka-keyvalue/v1/updates";

    /** @throws IllegalArgumentException when nothing can be posted to the address */
    public Target {
        String scheme = address.getScheme();
        if (address.getUserInfo() != null) {
            throw new IllegalArgumentException("a target has a user in its address, which is shown in metrics");
        }
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("'" + address + "' is not http://HOST:PORT/PATH");
        }
    }
}
