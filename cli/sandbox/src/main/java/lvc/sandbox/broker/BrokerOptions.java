package lvc.sandbox.broker;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where a broker keeps its records and where it listens.
 *
 * @param directory a directory that is empty, missing, or left behind by an earlier broker, however that one ended
 * @param port the port on 127.0.0.1 for Kafka clients, or 0 for any free one
 * @param forwardedPort a port on 127.0.0.1 from which something else forwards clients to a second port of the broker
 */
public record BrokerOptions(Path directory, int port, OptionalInt forwardedPort) {

    /** Without a port that is forwarded. */
    public BrokerOptions(Path directory, int port) {
        this(directory, port, OptionalInt.empty());
    }
}
