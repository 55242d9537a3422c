package lvc.core.port;

import java.util.List;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;

/** The transforms of a cluster, as its Admin API shows them. */
public interface Transforms {

    /** All of them; a list that cannot be had is a fault, never an empty list. */
    List<TransformState> list();

    /**
     * Deploys a module.
     *
     * @throws Uncertain when the cluster may or may not have taken it
     */
    void deploy(TransformSpec transform, byte[] module) throws Uncertain;

    /** Deletes a transform; nothing happens when there is none. Its processors stop a moment later. */
    void delete(String name);

    /** Pauses or resumes a transform: its processors stop, its committed offsets stay. */
    void pause(String name, boolean paused);

    /** What every transform has committed. */
    List<Committed> committed();

    /** The cluster answered in a way that leaves open whether the deploy was applied (503, 504, connection cut). */
    final class Uncertain extends Exception {
        private static final long serialVersionUID = 1L;

        public Uncertain(String message, Throwable cause) {
            super(message, cause);
        }

        public Uncertain(String message) {
            super(message);
        }
    }
}
