package lvc.core.record;

import java.io.IOException;

/**
 * Whoever read our output has closed it, as {@code head} does when it has seen enough. That is no failure: there is
 * nobody left to write for, so a command ends quietly and well.
 */
public final class ReaderGone extends IOException {
    private static final long serialVersionUID = 1L;

    public ReaderGone(IOException cause) {
        super("the reader of the output is gone", cause);
    }
}
