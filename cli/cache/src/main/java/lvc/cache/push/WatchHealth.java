package lvc.cache.push;

import java.util.function.Consumer;
import lvc.cache.topic.Notice;
import org.jspecify.annotations.Nullable;

/**
 * How it goes to watch the pods of one Service. Every failure is counted; who runs the cache is told of the second one in
 * a row, since any watch may be cut off once, and of the end of his worries. For one thread.
 */
final class WatchHealth {
    private static final long FIRST_DELAY_MILLIS = 500;
    private static final int DOUBLED_AT_MOST = 6;

    private final String service;
    private final Runnable counted;
    private final Consumer<Notice> notices;
    private int failures;
    private @Nullable String told;

    /** @param counted run at every failure */
    WatchHealth(String service, Runnable counted, Consumer<Notice> notices) {
        this.service = service;
        this.counted = counted;
        this.notices = notices;
    }

    /** The API server could not be asked, or a watch was cut off. */
    void failed(Exception why) {
        counted.run();
        failures++;
        String reason = why.getMessage() == null ? why.toString() : why.getMessage();
        if (failures > 1 && !reason.equals(told)) {
            told = reason;
            notices.accept(new Notice(service, "cannot be watched", reason));
        }
    }

    /** A watch began: the API server is there, and lets itself be asked. */
    void watching() {
        failures = 0;
        if (told != null) {
            told = null;
            notices.accept(new Notice(service, "is watched again", "its ready pods are told what changes"));
        }
    }

    /** How long to wait before the next attempt. */
    long delayMillis() {
        return FIRST_DELAY_MILLIS << Math.min(failures, DOUBLED_AT_MOST);
    }
}
