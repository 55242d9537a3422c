package lvc.core.port;

import java.util.List;
import lvc.core.kube.Manifest;

/** Who else lives in a namespace of a Kubernetes cluster. */
public interface Neighbours {

    /**
     * Every object in a namespace, of whatever kind the cluster knows, but those that belong to another object and those
     * that Kubernetes itself puts into every namespace.
     *
     * @throws lvc.core.fault.Fault UNREACHABLE when not everything may be looked at
     */
    List<Manifest> in(String namespace);
}
