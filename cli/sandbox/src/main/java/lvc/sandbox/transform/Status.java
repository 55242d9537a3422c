package lvc.sandbox.transform;

import java.util.Locale;

/** What the listing says of a processor. */
enum Status {
    /** There is no processor, or nothing has been heard of it. */
    UNKNOWN,
    /** It is starting, or its transform is paused. */
    INACTIVE,
    /** It has its offsets; whether it has read anything is another matter. */
    RUNNING,
    /** It failed and waits for its next try. */
    ERRORED;

    /** As the Admin API and the metrics spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
