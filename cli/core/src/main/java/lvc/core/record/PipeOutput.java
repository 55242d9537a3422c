package lvc.core.record;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * A large buffer in front of an output that may be a pipe. For one thread: unlike those of the JDK it takes no lock per
 * write, which counts when millions of records are printed in pieces of a few bytes. A broken pipe is told from other
 * failures ({@link ReaderGone}); a full disk remains an {@link IOException}.
 */
public final class PipeOutput extends OutputStream {
    /** What the systems say when a pipe has no reader; Linux and macOS first, then Windows. */
    private static final List<String> GONE =
            List.of("broken pipe", "pipe is being closed", "pipe has been ended", "no process is on the other end");

    private final OutputStream out;
    private final byte[] buffer;
    private int filled;

    /** @param size of the buffer in bytes */
    public PipeOutput(OutputStream out, int size) {
        this.out = out;
        this.buffer = new byte[size];
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == buffer.length) {
            drain();
        }
        buffer[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > buffer.length - filled) {
            drain();
        }
        if (length > buffer.length) {
            try {
                out.write(bytes, from, length);
            } catch (IOException failure) {
                throw told(failure);
            }
        } else {
            System.arraycopy(bytes, from, buffer, filled, length);
            filled += length;
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        try {
            out.flush();
        } catch (IOException failure) {
            throw told(failure);
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }

    private void drain() throws IOException {
        int length = filled;
        filled = 0;
        try {
            out.write(buffer, 0, length);
        } catch (IOException failure) {
            throw told(failure);
        }
    }

    private static IOException told(IOException failure) {
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return GONE.stream().anyMatch(said::contains) ? new ReaderGone(failure) : failure;
    }
}
