package lvc.core.kube;

import java.util.List;

/**
 * What applying a manifest would do to one object.
 *
 * @param fields what would change; empty unless it is changed
 * @param why for a conflict or a refusal: what the server said, else empty
 */
public record ObjectChange(ObjectRef ref, Kind kind, List<FieldChange> fields, String why) {
    public ObjectChange {
        fields = List.copyOf(fields);
    }

    /** What would happen. */
    public enum Kind {
        CREATE,
        CHANGE,
        UNCHANGED,
        /** Was put there by an earlier lvc and is not wanted any more. */
        DELETE,
        /** Somebody else has set the same fields to other values. */
        CONFLICT,
        /** The server would not take it, for example because a field cannot be changed any more. */
        REFUSED
    }
}
