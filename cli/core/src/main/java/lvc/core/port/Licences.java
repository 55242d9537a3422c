package lvc.core.port;

import java.util.Optional;
import lvc.core.report.Licence;

/** The licence of the cluster. */
public interface Licences {

    /** The licence as it is; empty when this cluster knows nothing of licences or does not tell this user. */
    Optional<Licence> licence();

    /**
     * Gives the cluster a licence.
     *
     * @param text the content of the licence file; white space around it counts for nothing
     * @throws lvc.core.fault.Fault FAILED when the cluster does not take it: malformed, or run out
     */
    void put(String text);
}
