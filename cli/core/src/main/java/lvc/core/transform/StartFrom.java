package lvc.core.transform;

import lvc.core.fault.Fault;

/**
 * Where a transform starts to read when it is deployed under a name for the first time; a name that has committed
 * offsets goes on from there whatever is said here (Redpanda, "Deploy data transforms").
 *
 * @param value records for START and END, milliseconds since 1970 for TIMESTAMP; at least 0
 */
public record StartFrom(Origin origin, long value) {

    /** What the value counts from. */
    public enum Origin {
        /** That many records after the beginning, {@code +N}. */
        START,
        /** That many records before the end, {@code -N}. */
        END,
        /** The first record at or after a time, {@code @MS}. */
        TIMESTAMP
    }

    /** From the first record on. */
    public static final StartFrom BEGINNING = new StartFrom(Origin.START, 0);

    public StartFrom {
        if (value < 0) {
            throw new IllegalArgumentException("negative start: " + value);
        }
    }

    /** Reads the notation of rpk: {@code +N}, {@code -N} or {@code @MILLISECONDS}. */
    public static StartFrom parse(String text) {
        try {
            long value = Long.parseLong(text.substring(1));
            Origin origin =
                    switch (text.charAt(0)) {
                        case '+' -> Origin.START;
                        case '-' -> Origin.END;
                        case '@' -> Origin.TIMESTAMP;
                        default -> throw new NumberFormatException();
                    };
            return new StartFrom(origin, value);
        } catch (RuntimeException e) {
            throw Fault.usage(
                            "'" + text + "' is no start offset",
                            "expected +N (records from the beginning), -N (records from the end) or @MILLISECONDS",
                            "for everything: --from-offset +0")
                    .causedBy(e);
        }
    }

    @Override
    public String toString() {
        return switch (origin) {
            case START -> "+" + value;
            case END -> "-" + value;
            case TIMESTAMP -> "@" + value;
        };
    }
}
