package lvc.core.port;

/** The object store, looked at with the rights of its root user. Changes nothing. */
public interface StoreLook extends AutoCloseable {

    /** Whether there is a bucket of this name. */
    boolean exists(String bucket);

    /** Whether somebody who does not say who he is may do something with it. */
    boolean open(String bucket);

    @Override
    void close();
}
