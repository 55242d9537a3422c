package lvc.cache.http;

import org.jspecify.annotations.Nullable;

/** What a client says that it has already (RFC 9110, 13.1.2). */
final class Tags {
    private static final String WEAK = "W/";

    private Tags() {}

    /** Whether a list of tags has this one, or is an asterisk. Weak ones count. */
    static boolean match(@Nullable String list, CharSequence tag) {
        if (list == null) {
            return false;
        }
        String wanted = tag.toString();
        for (String each : list.split(",", -1)) {
            String one = each.strip();
            if (one.equals("*")
                    || one.equals(wanted)
                    || (one.startsWith(WEAK) && one.startsWith(wanted, WEAK.length()))) {
                return true;
            }
        }
        return false;
    }
}
