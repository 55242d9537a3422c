package lvc.adapter.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells exactly whether bytes are UTF-8, so that turning them into text and back loses nothing. For one thread. */
final class Utf8 {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer scratch = CharBuffer.allocate(4096);

    /** Whether these bytes are well-formed UTF-8: no overlong forms, no surrogates, nothing cut short. */
    boolean isText(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at == to || decodes(ByteBuffer.wrap(bytes, at, to - at));
    }

    private boolean decodes(ByteBuffer bytes) {
        decoder.reset();
        while (true) {
            scratch.clear();
            CoderResult result = decoder.decode(bytes, scratch, true);
            if (!result.isOverflow()) {
                return !result.isError();
            }
        }
    }

    /** Whether a text can be written as UTF-8: JSON escapes can name halves of a surrogate pair that stand alone. */
    static boolean isWhole(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || at + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }
}
