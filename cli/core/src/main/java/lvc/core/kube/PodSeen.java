package lvc.core.kube;

import java.util.List;
import java.util.Optional;

/**
 * A pod, as far as it says why something does not get ready.
 *
 * @param phase such as Pending or Running
 * @param ready whether it takes requests
 * @param going whether it is being deleted
 * @param revision of the template it was made from
 * @param unschedulable why no node takes it, in the words of the scheduler
 * @param containers init containers first
 * @param uid of this pod and no other, of whatever name; empty where it does not matter
 */
public record PodSeen(
        String name,
        String phase,
        boolean ready,
        boolean going,
        String revision,
        Optional<String> unschedulable,
        List<Container> containers,
        String uid) {
    public PodSeen {
        containers = List.copyOf(containers);
    }

    /** A pod of which it does not matter that it is this one. */
    public PodSeen(
            String name,
            String phase,
            boolean ready,
            boolean going,
            String revision,
            Optional<String> unschedulable,
            List<Container> containers) {
        this(name, phase, ready, going, revision, unschedulable, containers, "");
    }

    /** What changes when the pod is replaced, or one of its containers is started again. */
    public String life() {
        return uid + "/" + containers.stream().mapToInt(Container::restarts).sum();
    }

    /**
     * One of its containers.
     *
     * @param waiting why it does not run: such as ImagePullBackOff; empty when it runs or has ended
     * @param message what was said with it
     * @param restarts how often it was started again
     * @param exit its last exit code, if it has ended before
     * @param exitReason such as OOMKilled or Error
     */
    public record Container(
            String name,
            Optional<String> waiting,
            String message,
            int restarts,
            Optional<Integer> exit,
            String exitReason) {}
}
