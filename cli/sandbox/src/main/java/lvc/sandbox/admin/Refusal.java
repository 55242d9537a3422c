package lvc.sandbox.admin;

/** A request that is answered with an error: an HTTP status and the text that goes into {@code message}. */
final class Refusal extends Exception {

    private final int status;
    private final String text;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
        this.text = message;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    int status() {
        return status;
    }

    /** What goes into {@code message}. */
    String text() {
        return text;
    }
}
