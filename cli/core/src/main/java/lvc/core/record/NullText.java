package lvc.core.record;

import java.util.Arrays;

/** Which text, if any, stands for a null value where bytes alone cannot say it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NullText(boolean chosen, byte[] text) {
    /** No text does: whatever is read is a value, and null is printed as nothing. */
    static final NullText NONE = new NullText(false, new byte[0]);

    static NullText of(String text) {
        return new NullText(true, RecordTemplate.utf8(text));
    }

    /** Whether these bytes mean null. */
    boolean is(byte[] bytes, int from, int to) {
        return chosen && Arrays.equals(bytes, from, to, text, 0, text.length);
    }

    /** Whether an empty or missing value means null. */
    boolean isEmpty() {
        return chosen && text.length == 0;
    }
}
