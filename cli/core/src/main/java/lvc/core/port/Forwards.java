package lvc.core.port;

import java.util.Map;
import java.util.Optional;

/** Port-forwards to the pods of brokers. */
public interface Forwards {

    /** Which pods connections did not get to or did not stay with since this was last asked, and why. */
    Map<String, String> broken();

    /** Why the broker in a pod does not answer just now, through its port-forward; empty when it does. */
    Optional<String> silent(String pod);
}
