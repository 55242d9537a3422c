package lvc.core.port;

import java.util.List;
import lvc.core.report.Made;

/** The object store that tiered storage writes to, with the rights of its root user. */
public interface ObjectStore extends AutoCloseable {

    /** Makes sure that there is this bucket. */
    Made bucket(String name);

    /**
     * Makes sure that nobody reads or writes a bucket without saying who he is.
     *
     * @return CHANGED when it had been open
     */
    Made closeToAnonymous(String bucket);

    /**
     * Makes sure that a user may use one bucket, and nothing else.
     *
     * @param secretKey given to the user in any case: nobody can read which one it has
     */
    Made user(String accessKey, String secretKey, String bucket);

    /**
     * Removes users who may use a bucket because lvc once said so, all but one.
     *
     * @return their names
     */
    List<String> removeOthers(String accessKey, String bucket);

    @Override
    void close();
}
