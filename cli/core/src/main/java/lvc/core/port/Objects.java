package lvc.core.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.PodSeen;
import lvc.core.kube.Right;
import lvc.core.kube.SetSeen;

/**
 * The objects of a Kubernetes cluster. Every call may throw a {@link lvc.core.fault.Fault} of the exit code UNREACHABLE,
 * when nobody answers or the right is missing, or FAILED, when the server says no.
 */
public interface Objects {

    /** Which cluster this is. */
    KubeOverview overview();

    /** The object, if it is there. */
    Optional<Manifest> find(ObjectRef ref);

    /** Objects of a kind in a namespace that carry all of these labels; of all namespaces when it is empty. */
    List<Manifest> list(String apiVersion, String kind, String namespace, Map<String, String> labels);

    /**
     * What applying a manifest would do. Changes nothing.
     *
     * @param force whether fields that somebody else has set are to be taken over
     */
    ObjectChange preview(Manifest wanted, boolean force);

    /**
     * Applies a manifest on the server: what is missing is created, what differs is changed, fields that lvc has set
     * before and does not want any more are removed.
     *
     * @param force whether fields that somebody else has set are taken over
     * @throws lvc.core.fault.Fault REFUSED when somebody else has set them to other values and {@code force} is not given
     */
    void apply(Manifest wanted, boolean force);

    /** Deletes the very object that was found, never another one of the same name; nothing happens when it is gone. */
    void delete(Manifest found);

    /** A StatefulSet and how far it is; empty when there is none. */
    Optional<SetSeen> set(String namespace, String name);

    /** The pods that carry these labels, by name. */
    List<PodSeen> pods(String namespace, Map<String, String> labels);

    /** What was last said about a pod or another object, in the words of whoever said it. */
    Optional<String> lastEvent(String namespace, String kind, String name);

    /** The last lines that a container printed, of its last life if it is not running now. */
    List<String> lastLines(String namespace, String pod, String container, int lines);

    /** Which of these rights the user does not have. */
    List<Right> missing(List<Right> rights);
}
