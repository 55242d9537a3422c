package lvc.core.gate;

/** What was looked at: the thing itself, or the reason why it could not be seen. Unseen is unknown, never empty. */
public sealed interface Seen<T> {

    /** It was seen. */
    record It<T>(T value) implements Seen<T> {}

    /**
     * It could not be seen.
     *
     * @param why no sentence, no full stop
     */
    record Not<T>(String why) implements Seen<T> {}
}
