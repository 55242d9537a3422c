package lvc.cache.http;

/** A request that is not understood; its message says why. */
final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequest(String why) {
        super(why, null, false, false);
    }
}
