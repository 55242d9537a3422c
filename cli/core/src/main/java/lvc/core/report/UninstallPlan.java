package lvc.core.report;

import java.util.List;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.ObjectRef;

/**
 * What uninstall found and what becomes of it.
 *
 * @param rows in the order in which they are deleted, then what stays
 */
public record UninstallPlan(KubeOverview cluster, List<Row> rows) {
    public UninstallPlan {
        rows = List.copyOf(rows);
    }

    /** What becomes of an object. */
    public enum Fate {
        DELETE,
        /** It is lvc's and stays. */
        KEEP,
        /** It has a name that lvc uses and is somebody else's: it is left alone. */
        FOREIGN,
        /** Somebody has begun to delete it. */
        GOING
    }

    /**
     * One object.
     *
     * @param why it stays, or what else is to be known about it; perhaps empty
     */
    public record Row(ObjectRef ref, Fate fate, String why) {}

    /** Whether a person has to agree. */
    public boolean deletes() {
        return !refs(Fate.DELETE).isEmpty();
    }

    /** Whether there is anything to do or to wait for. */
    public boolean changesAnything() {
        return deletes() || !refs(Fate.GOING).isEmpty();
    }

    /** The objects with this fate. */
    public List<ObjectRef> refs(Fate fate) {
        return rows.stream().filter(row -> row.fate() == fate).map(Row::ref).toList();
    }

    /** The volumes that would be deleted, with all that is on them. */
    public List<ObjectRef> lostVolumes() {
        return refs(Fate.DELETE).stream()
                .filter(ref -> ref.kind().equals("PersistentVolumeClaim"))
                .toList();
    }
}
