package lvc.cache.push;

import java.util.Map;

/**
 * What is posted.
 *
 * @param skipped how many keys this kind of body has no words for
 */
@SuppressWarnings("ArrayRecordComponent") // goes to the socket untouched; nobody compares bodies
record Body(byte[] json, Map<String, String> headers, int skipped) {
    private static final byte[] NOTHING = {};

    /** There is nothing to say. */
    static Body none(int skipped) {
        return new Body(NOTHING, Map.of(), skipped);
    }

    boolean isNone() {
        return json.length == 0;
    }
}
