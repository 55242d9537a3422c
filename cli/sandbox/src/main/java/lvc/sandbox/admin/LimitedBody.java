package lvc.sandbox.admin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body that ends with an exception once it is longer than allowed, so that no request fills the memory. */
final class LimitedBody extends FilterInputStream {

    private long left;

    static final String TOO_LARGE = "Request body too large";

    /** The body is longer than allowed. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super(TOO_LARGE);
        }
    }

    LimitedBody(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(long read) throws TooLarge {
        left -= read;
        if (left < 0) {
            throw new TooLarge();
        }
    }
}
