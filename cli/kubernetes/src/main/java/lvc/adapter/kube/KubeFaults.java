package lvc.adapter.kube;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.core.fault.Fault;

/** What the API server, or its silence, means. */
final class KubeFaults {
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;

    private KubeFaults() {}

    /** The fault for what went wrong, as in "StatefulSet redpanda/redpanda not applied". */
    static Fault of(String what, KubernetesClientException e) {
        if (e.getCode() <= 0) {
            return Fault.unreachable(
                            what, "the API server did not answer: " + cause(e), "is the cluster up? kubectl get nodes")
                    .causedBy(e);
        }
        if (e.getCode() == UNAUTHORIZED || e.getCode() == FORBIDDEN) {
            return Fault.unreachable(what, said(e), "lvc check --pre shows every right that is missing")
                    .causedBy(e);
        }
        if (e.getCode() == CONFLICT) {
            return Fault.refused(what, said(e), "somebody else has set these fields; --force-conflicts takes them over")
                    .causedBy(e);
        }
        return Fault.failed(what, said(e), "lvc install --dry-run=server shows what the server thinks of every object")
                .causedBy(e);
    }

    /** What the server said, in one line. */
    static String said(KubernetesClientException e) {
        Optional<Status> status = Optional.ofNullable(e.getStatus());
        String causes = status.map(Status::getDetails)
                .map(details -> Optional.ofNullable(details.getCauses()).orElse(List.of()))
                .map(all -> all.stream().map(KubeFaults::cause).collect(Collectors.joining("; ")))
                .orElse("");
        return causes.isEmpty()
                ? status.map(Status::getMessage).orElseGet(() -> String.valueOf(e.getMessage()))
                : causes;
    }

    private static String cause(StatusCause cause) {
        return Stream.of(cause.getField(), cause.getMessage())
                .filter(text -> text != null && !text.isEmpty())
                .collect(Collectors.joining(": "));
    }

    /** The first cause, in one line. */
    static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }
}
