package lvc.core.report;

import java.util.List;
import lvc.core.fault.Fault;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectChange.Kind;

/**
 * What install is going to do to each object.
 *
 * @param changes in the order in which they are applied
 * @param warnings what a person should know before they agree
 * @param rotation whether the object store gets new credentials
 */
public record InstallPlan(KubeOverview cluster, List<ObjectChange> changes, List<String> warnings, boolean rotation) {
    public InstallPlan {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }

    /** Whether there is anything to do. */
    public boolean changesAnything() {
        return rotation || changes.stream().anyMatch(change -> change.kind() != Kind.UNCHANGED);
    }

    /**
     * Refuses to begin what cannot be finished.
     *
     * @throws Fault REFUSED with the first object that stands in the way
     */
    public void demandPossible() {
        impossible().stream().findFirst().ifPresent(first -> {
            throw Fault.refused(
                    "nothing installed: " + first.ref()
                            + (first.kind() == Kind.CONFLICT ? " is somebody else's" : " would not be taken"),
                    first.why()
                            + (impossible().size() > 1
                                    ? " (and " + (impossible().size() - 1) + " more)"
                                    : ""),
                    first.kind() == Kind.CONFLICT
                            ? "--force-conflicts takes the fields over"
                            : "change what stands there, or the setting; the plan shows every object");
        });
    }

    /** Objects that cannot be applied as they are wanted. */
    public List<ObjectChange> impossible() {
        return changes.stream()
                .filter(change -> change.kind() == Kind.CONFLICT || change.kind() == Kind.REFUSED)
                .toList();
    }
}
