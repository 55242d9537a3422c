package lvc.core.cache;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes the last part of names that must never have been used before. */
public final class RunId {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RunId() {}

    /** Eight hexadecimal digits. */
    public static String fresh() {
        byte[] bytes = new byte[4];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
