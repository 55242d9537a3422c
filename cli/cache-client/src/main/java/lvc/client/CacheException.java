package lvc.client;

import java.io.IOException;

/** The cache answered, but not with what was asked for. */
public final class CacheException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    CacheException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Of the answer: 503 before all is loaded, 412 when it did not become as new as was asked for in time. */
    public int status() {
        return status;
    }
}
