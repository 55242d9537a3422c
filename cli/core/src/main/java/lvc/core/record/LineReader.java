package lvc.core.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into the pieces between delimiters without looking at anything else: bytes stay as they are. One buffer
 * is used again and again; it grows to the longest piece seen and never far beyond the limit.
 *
 * <p>Used as a cursor: {@link #advance()}, then {@link #buffer()} between {@link #from()} and {@link #to()}.
 */
public final class LineReader {
    private static final int FIRST_SIZE = 256 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final int lines;
    private final int limit;

    private byte[] buffer;
    private int filled;
    private boolean ended;

    private int from;
    private int to;
    private int next;
    private long number;
    private long nextNumber = 1;
    private boolean tooLong;

    /**
     * @param delimiter at least one byte
     * @param lines how many delimiters make one piece; those inside stay in it
     * @param limit the longest piece in bytes
     */
    public LineReader(InputStream in, byte[] delimiter, int lines, int limit) {
        this.in = in;
        this.delimiter = delimiter.clone();
        this.lines = lines;
        this.limit = limit;
        this.buffer = new byte[Math.max(64, Math.min(FIRST_SIZE, limit + delimiter.length))];
    }

    /** Moves to the next piece; false when there is none. The last piece may lack its delimiter if it is not empty. */
    public boolean advance() throws IOException {
        from = next;
        number = nextNumber;
        tooLong = false;
        int missing = lines;
        int scanned = from;
        while (true) {
            int found = find(scanned);
            while (found >= 0 && missing > 1) {
                missing--;
                nextNumber++;
                scanned = found + delimiter.length;
                found = find(scanned);
            }
            if (found >= 0) {
                nextNumber++;
                return piece(found, found + delimiter.length);
            }
            scanned = Math.max(scanned, filled - delimiter.length + 1);
            if (ended) {
                return (filled > from || tooLong) && piece(filled, filled);
            }
            if (filled - from >= limit + delimiter.length) {
                tooLong = true;
                int kept = filled - scanned;
                System.arraycopy(buffer, scanned, buffer, 0, kept);
                from = 0;
                scanned = 0;
                filled = kept;
            }
            scanned -= fill();
        }
    }

    private boolean piece(int end, int following) {
        to = end;
        next = following;
        tooLong |= to - from > limit;
        return true;
    }

    /** Makes room and reads on; gives how far the contents moved to the left. */
    private int fill() throws IOException {
        int moved = 0;
        if (filled == buffer.length) {
            if (from > 0) {
                moved = from;
                System.arraycopy(buffer, from, buffer, 0, filled - from);
                filled -= moved;
                from = 0;
            } else {
                long wanted = Math.min(2L * buffer.length, (long) limit + delimiter.length);
                buffer = Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(wanted, filled + 64L)));
            }
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
        return moved;
    }

    private int find(int start) {
        byte[] bytes = buffer;
        byte first = delimiter[0];
        int last = filled - delimiter.length;
        for (int at = start; at <= last; at++) {
            if (bytes[at] == first && (delimiter.length == 1 || matches(at))) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(int at) {
        return Arrays.equals(buffer, at, at + delimiter.length, delimiter, 0, delimiter.length);
    }

    /** The bytes of the current piece lie here until the next {@link #advance()}. */
    public byte[] buffer() {
        return buffer;
    }

    /** Index of the first byte of the piece. */
    public int from() {
        return from;
    }

    /** Index after the last byte of the piece, without the delimiter. */
    public int to() {
        return to;
    }

    /** The line on which the piece begins, counted from 1. */
    public long number() {
        return number;
    }

    /** Whether the piece is longer than the limit; then its bytes are not all there. */
    public boolean tooLong() {
        return tooLong;
    }
}
