package lvc.core.port;

/** The brokers that were installed, as long as somebody wants to talk to their Admin API. */
public interface Brokers extends AutoCloseable {

    /** The cluster that they are. */
    Cluster cluster();

    /** Its properties. */
    Configuration configuration();

    /** Its licence. */
    Licences licences();

    @Override
    void close();
}
