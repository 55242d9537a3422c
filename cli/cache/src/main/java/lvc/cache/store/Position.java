package lvc.cache.store;

/**
 * A place in the life of a topic from which a reader can go on. As text {@code 0:55,2:7@ID}, fit for a header and for a
 * query.
 *
 * @param incarnation tells a topic from one of its name that was there before it; empty where brokers do not say
 */
public record Position(Offsets offsets, String incarnation) {

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Position parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("'" + text + "' does not say which topic it is of (OFFSETS@ID)");
        }
        return new Position(Offsets.parse(text.substring(0, at)), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return offsets + "@" + incarnation;
    }
}
