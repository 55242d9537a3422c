package lvc.core.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A field that would get another value.
 *
 * @param path written with slashes
 * @param before empty when the field is new
 * @param after empty when the field goes away
 */
public record FieldChange(String path, Optional<String> before, Optional<String> after) {
    private static final String HIDDEN = "(hidden)";
    /** What the server keeps by itself; it says nothing about what is wanted. */
    private static final Set<String> KEPT = Set.of(
            "status",
            "metadata/managedFields",
            "metadata/resourceVersion",
            "metadata/generation",
            "metadata/creationTimestamp",
            "metadata/uid",
            "metadata/selfLink",
            "metadata/deletionTimestamp");

    /**
     * What differs between an object as it is and as the server would make it.
     *
     * @return in the order of the fields; values of secrets are hidden
     */
    public static List<FieldChange> between(Manifest before, Manifest after) {
        List<FieldChange> changes = new ArrayList<>();
        compare("", before.body(), after.body(), changes);
        return after.secret() ? changes.stream().map(FieldChange::hidden).toList() : changes;
    }

    private static void compare(String path, Object before, Object after, List<FieldChange> changes) {
        if (KEPT.contains(path) || before.equals(after)) {
            return;
        }
        if (before instanceof Map && after instanceof Map) {
            Map<String, Object> old = Manifest.object(before);
            Map<String, Object> now = Manifest.object(after);
            Set<String> keys = new LinkedHashSet<>(old.keySet());
            keys.addAll(now.keySet());
            keys.forEach(key -> child(
                    path.isEmpty() ? key : path + "/" + key,
                    Optional.ofNullable(old.get(key)),
                    Optional.ofNullable(now.get(key)),
                    changes));
        } else if (before instanceof List<?> old && after instanceof List<?> now && named(old) && named(now)) {
            compare(path, byName(old), byName(now), changes);
        } else if (!before.toString().equals(after.toString())) {
            changes.add(new FieldChange(path, Optional.of(before.toString()), Optional.of(after.toString())));
        }
    }

    private static void child(String path, Optional<Object> before, Optional<Object> after, List<FieldChange> changes) {
        if (before.isPresent() && after.isPresent()) {
            compare(path, before.get(), after.get(), changes);
        } else if (!KEPT.contains(path)) {
            changes.add(new FieldChange(path, before.map(Object::toString), after.map(Object::toString)));
        }
    }

    private static boolean named(List<?> all) {
        return all.stream().allMatch(each -> each instanceof Map<?, ?> map && map.get("name") instanceof String);
    }

    private static Map<String, Object> byName(List<?> all) {
        Map<String, Object> named = new LinkedHashMap<>();
        all.forEach(each -> named.put("[" + Manifest.object(each).get("name") + "]", each));
        return named;
    }

    private FieldChange hidden() {
        return new FieldChange(path, before.map(value -> HIDDEN), after.map(value -> HIDDEN));
    }
}
