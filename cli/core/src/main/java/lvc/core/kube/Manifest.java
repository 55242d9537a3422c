package lvc.core.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object of Kubernetes as it is sent and received: maps, lists, text, numbers and truth values.
 *
 * <p>A path into it is written with slashes; a slash that belongs to a key is written {@code ~1}, as in RFC 6901. {@code
 * [redpanda]} is the element of a list that has this {@code name}, and {@code []} every element.
 *
 * @param body never changed
 */
public record Manifest(Map<String, Object> body) {
    private static final String SECRET = "Secret";

    /** Which object it is. */
    public ObjectRef ref() {
        return new ObjectRef(
                text("apiVersion").orElse(""),
                text("kind").orElse(""),
                text("metadata/namespace").orElse(""),
                text("metadata/name").orElse(""));
    }

    /** Whether its content must be shown to nobody. */
    public boolean secret() {
        return ref().kind().equals(SECRET);
    }

    /** The text, number or truth value at a path, as text; empty when there is none. */
    public Optional<String> text(String path) {
        return at(path).filter(value -> !(value instanceof Map) && !(value instanceof List))
                .map(Object::toString);
    }

    /** The number at a path, 0 when there is none. */
    public long number(String path) {
        return at(path).filter(Number.class::isInstance)
                .map(Number.class::cast)
                .map(Number::longValue)
                .orElse(0L);
    }

    /** The elements of the list at a path that are objects. */
    public List<Manifest> list(String path) {
        return at(path).filter(List.class::isInstance)
                .map(all -> ((List<?>) all)
                        .stream()
                                .filter(Map.class::isInstance)
                                .map(each -> new Manifest(object(each)))
                                .toList())
                .orElse(List.of());
    }

    /** Keys and values of the object at a path, as text. */
    public Map<String, String> texts(String path) {
        Map<String, String> texts = new LinkedHashMap<>();
        at(path).filter(Map.class::isInstance)
                .ifPresent(all -> object(all).forEach((key, value) -> texts.put(key, String.valueOf(value))));
        return texts;
    }

    /** What lies at a path. */
    public Optional<Object> at(String path) {
        Object value = body;
        for (String step : steps(path)) {
            value = child(value, step);
            if (value == null) {
                return Optional.empty();
            }
        }
        return Optional.of(value);
    }

    private static @Nullable Object child(Object value, String step) {
        if (!(value instanceof List<?> all)) {
            return value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return all.stream()
                .filter(each -> named(each, step))
                .map(Object.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** The same with something else at a path; objects on the way to it are made where they are missing. */
    public Manifest with(String path, Object value) {
        return new Manifest(object(change(body, steps(path), true, ignored -> value)));
    }

    /** The same with one more label. */
    public Manifest withLabel(String label, String value) {
        return with("metadata/labels/" + label.replace("/", "~1"), value);
    }

    /** The same with a value at a path replaced wherever it is the one that is expected there. */
    public Manifest replacing(String path, Object expected, Object value) {
        return new Manifest(object(change(body, steps(path), false, found -> found.equals(expected) ? value : found)));
    }

    /**
     * The same with a patch laid over it: objects are merged, elements of lists that have a name are merged with the element
     * of that name, and everything else takes the place of what was there.
     */
    public Manifest patched(Manifest patch) {
        return new Manifest(object(merged(body, patch.body())));
    }

    private static Object merged(Object value, Object patch) {
        if (value instanceof Map<?, ?> && patch instanceof Map<?, ?>) {
            Map<String, Object> both = new LinkedHashMap<>(object(value));
            object(patch).forEach((key, more) -> both.merge(key, more, Manifest::merged));
            return both;
        }
        if (value instanceof List<?> all
                && patch instanceof List<?> more
                && more.stream().allMatch(Manifest::hasName)) {
            Map<Object, Object> byName = new LinkedHashMap<>();
            all.forEach(each -> byName.put(nameOf(each), each));
            more.forEach(each -> byName.merge(nameOf(each), each, Manifest::merged));
            return List.copyOf(byName.values());
        }
        return patch;
    }

    private static boolean hasName(Object element) {
        return element instanceof Map<?, ?> map && map.get("name") instanceof String;
    }

    private static Object nameOf(Object element) {
        return hasName(element) ? object(element).getOrDefault("name", "") : element;
    }

    private static List<String> steps(String path) {
        return Stream.of(path.split("/")).map(step -> step.replace("~1", "/")).toList();
    }

    private static Object change(Object value, List<String> path, boolean make, UnaryOperator<Object> change) {
        if (path.isEmpty()) {
            return change.apply(value);
        }
        String step = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (value instanceof List<?> all) {
            List<Object> changed = new ArrayList<>();
            all.forEach(each -> changed.add(
                    step.equals("[]") || named(each, step)
                            ? change(Objects.requireNonNull(each), rest, make, change)
                            : each));
            return changed;
        }
        Map<String, Object> changed = new LinkedHashMap<>(object(value));
        Object child = changed.get(step);
        if (child != null || make) {
            changed.put(step, change(child == null ? Map.of() : child, rest, make, change));
        }
        return changed;
    }

    private static boolean named(Object element, String step) {
        return element instanceof Map<?, ?> map && step.equals("[" + map.get("name") + "]");
    }

    @SuppressWarnings("unchecked") // JSON has no other keys than text.
    static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
