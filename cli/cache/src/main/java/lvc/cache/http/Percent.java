package lvc.cache.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes as they are written in paths and queries (RFC 3986, 2.1). */
final class Percent {
    private static final int RADIX = 16;
    private static final int LONGEST_CODE = 3;
    private static final String PLAIN = "-._~";

    private Percent() {}

    /** Decodes part of a text whose characters are bytes. A plus is a plus. */
    static byte[] decode(String text, int begin, int end) {
        if (text.indexOf('%', begin) < 0) {
            return text.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] decoded = new byte[end - begin];
        int length = 0;
        for (int at = begin; at < end; at++) {
            char next = text.charAt(at);
            if (next == '%') {
                decoded[length++] = (byte) (digit(text, at + 1, end) * RADIX + digit(text, at + 2, end));
                at += 2;
            } else {
                decoded[length++] = (byte) next;
            }
        }
        return Arrays.copyOf(decoded, length);
    }

    private static int digit(String text, int at, int end) {
        int digit = at < end ? Character.digit(text.charAt(at), RADIX) : -1;
        if (digit < 0) {
            throw new BadRequest("a % is not followed by two hexadecimal digits");
        }
        return digit;
    }

    /** Encodes all but letters, digits and what never has a meaning of its own. */
    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + LONGEST_CODE);
        for (byte each : bytes) {
            if (each > 0 && (Character.isLetterOrDigit(each) || PLAIN.indexOf(each) >= 0)) {
                text.append((char) each);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit((each >> 4) & 0xf, RADIX)))
                        .append(Character.toUpperCase(Character.forDigit(each & 0xf, RADIX)));
            }
        }
        return text.toString();
    }

    /** Decodes a text that is meant to be UTF-8. */
    static String text(byte[] decoded) {
        return new String(decoded, StandardCharsets.UTF_8);
    }
}
