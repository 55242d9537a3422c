package lvc.sandbox.broker;

import java.io.IOException;

/** Another process listens on the wanted port. */
public final class PortTaken extends IOException {

    private final int port;

    PortTaken(int port, Throwable cause) {
        super("port " + port + " on 127.0.0.1 is taken", cause);
        this.port = port;
    }

    /** The port that could not be had. */
    public int port() {
        return port;
    }
}
