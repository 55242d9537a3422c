package lvc.cache.http;

import org.jspecify.annotations.Nullable;

/** What a client says that it has already (RFC 9110, 13.1.2). */
final class Tags {
    private static final char QUOTE = '"';

    private Tags() {}

    /** Whether a list of tags has this one, or is an asterisk. Weak ones count. A tag may have commas in it. */
    static boolean match(@Nullable String list, CharSequence tag) {
        if (list == null) {
            return false;
        }
        if (list.strip().equals("*")) {
            return true;
        }
        String wanted = tag.toString();
        int begin = list.indexOf(QUOTE);
        while (begin >= 0) {
            int end = list.indexOf(QUOTE, begin + 1);
            if (end < 0) {
                return false;
            }
            if (list.substring(begin, end + 1).equals(wanted)) {
                return true;
            }
            begin = list.indexOf(QUOTE, end + 1);
        }
        return false;
    }
}
