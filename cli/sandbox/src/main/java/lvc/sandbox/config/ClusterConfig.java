package lvc.sandbox.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cluster properties of the sandbox: what was set, what is in effect on the node, and the version that says how far
 * the node has come. Two views differ, as on Redpanda: what clients <em>stored</em> (at once), and what the broker and
 * the engine <em>see</em> ({@link #text}, {@link #number}, {@link #flag}, {@link #list}): a property that needs a
 * restart is seen with the value it had at the start, and every other one after {@link Faults.Fault#CONFIG_DELAY_MS}.
 *
 * <p>Safe for use by many threads. With a directory, every change is on disk before the call returns.
 */
public final class ClusterConfig {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNKNOWN = "Unknown property";
    private static final String SECRET = "[secret]";

    private final Faults faults;
    private final @Nullable ConfigFile file;
    private final LongSupplier nanoClock;

    private final Map<String, JsonNode> stored = new TreeMap<>();
    private final Map<String, JsonNode> atStart = new TreeMap<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private Seen seen;
    private long version = 1;
    private boolean restart;

    /** What the node works with since it caught up with a version. */
    private record Seen(long version, Map<String, JsonNode> values) {}

    /** What the node will work with from a moment of the clock on. */
    private record Pending(long atNanos, Seen seen) {}

    /** A change as {@code PUT /v1/cluster_config} carries it: what to set, and what to put back to its default. */
    public record Update(Map<String, JsonNode> upsert, List<String> remove) {
        public Update {
            upsert = Map.copyOf(upsert);
            remove = List.copyOf(remove);
        }
    }

    /**
     * How far the node has come, as {@code /v1/cluster_config/status} shows it.
     *
     * @param version the newest version that is in effect here
     * @param restart whether a stored change waits for a restart
     * @param invalid names whose stored value could not be used
     * @param unknown stored names that this broker does not know
     */
    public record Status(long version, boolean restart, List<String> invalid, List<String> unknown) {}

    /** Nothing was changed, because some keys or values are wrong. */
    public static final class Rejected extends Exception {
        private final transient Map<String, String> errors;

        Rejected(Map<String, String> errors) {
            super(errors.toString());
            this.errors = errors;
        }

        /** What is wrong, by key. */
        public Map<String, String> errors() {
            return errors;
        }
    }

    /** A new cluster in memory, with transforms enabled. */
    public ClusterConfig() {
        this(new Faults());
    }

    /** A new cluster in memory, with transforms enabled. */
    public ClusterConfig(Faults faults) {
        this(faults, null, System::nanoTime);
    }

    ClusterConfig(Faults faults, @Nullable ConfigFile file, LongSupplier nanoClock) {
        this.faults = faults;
        this.file = file;
        this.nanoClock = nanoClock;
        Optional<ConfigFile.Content> kept = file == null ? Optional.empty() : file.read();
        if (kept.isPresent()) {
            version = kept.get().version();
            stored.putAll(kept.get().values());
        } else {
            stored.put("data_transforms_enabled", JSON.getNodeFactory().booleanNode(true));
        }
        atStart.putAll(stored);
        seen = new Seen(version, Map.copyOf(stored));
    }

    /**
     * The properties of a cluster that keeps its state in a directory.
     *
     * @throws IOException when what is there cannot be read
     */
    public static ClusterConfig open(Path directory, Faults faults) throws IOException {
        try {
            return new ClusterConfig(
                    faults, new ConfigFile(directory.resolve("cluster_config.json")), System::nanoTime);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The value in effect as text; an empty string when it is null. */
    public String text(String key) {
        JsonNode value = value(key);
        return value.isNull() ? "" : value.asText();
    }

    /**
     * The value in effect as a whole number.
     *
     * @throws NoSuchElementException when it is null
     */
    public long number(String key) {
        JsonNode value = value(key);
        if (!value.isNumber()) {
            throw new NoSuchElementException(key + " is " + value + ", not a number");
        }
        return value.asLong();
    }

    /** The value in effect as yes or no; null is no. */
    public boolean flag(String key) {
        return value(key).asBoolean();
    }

    /** The value in effect of a property that holds a list of texts. */
    public List<String> list(String key) {
        List<String> texts = new ArrayList<>();
        value(key).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** The value in effect, whatever its type; JSON null when it is unset. */
    public synchronized JsonNode value(String key) {
        Property property = property(key);
        catchUp();
        JsonNode set = property.restart()
                ? atStart.get(property.name())
                : seen.values().get(property.name());
        // A wrong value that was forced in changes nothing.
        return set != null && isUsable(property, set) ? set : property.otherwise();
    }

    /**
     * Sets a property as if the cluster had been started with it: in effect at once, also where clients would have to
     * restart it. For the sandbox's own options and for tests; a list can be given as one text with commas.
     *
     * @throws IllegalArgumentException when the key is unknown or the value is not of its type
     */
    public synchronized void put(String key, Object value) {
        Property property = property(key);
        try {
            boolean listed = property.type().equals("array") && value instanceof String;
            JsonNode read = property.read(JSON.valueToTree(listed ? split((String) value) : value));
            stored.put(property.name(), read);
            atStart.put(property.name(), read);
        } catch (Property.Invalid e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
        version++;
        pending.clear();
        seen = new Seen(version, Map.copyOf(stored));
        keep();
    }

    /**
     * Changes properties as a client does; all of them or none.
     *
     * @param check whether unknown keys and wrong values are refused ({@code force=false}); without it they are stored
     *     and show up in {@link #status}
     * @param dryRun whether to only check
     * @return the version that holds the change: the one before when every value was already there and nothing is
     *     removed, as Redpanda ignores such a request
     * @throws Rejected when something is wrong with it
     */
    public synchronized long update(Update update, boolean check, boolean dryRun) throws Rejected {
        Map<String, String> errors = new TreeMap<>();
        Map<String, JsonNode> wanted = new TreeMap<>(stored);
        update.remove().forEach(key -> {
            Optional<Property> property = Properties.known().find(key);
            if (property.isEmpty() && check && !wanted.containsKey(key)) {
                errors.put(key, UNKNOWN);
            }
            wanted.remove(property.map(Property::name).orElse(key));
        });
        update.upsert().forEach((key, value) -> upsert(key, value, wanted, errors));
        if (check && !errors.isEmpty()) {
            throw new Rejected(errors);
        }
        boolean nothingNew = update.remove().isEmpty() && wanted.equals(stored);
        if (dryRun || nothingNew) {
            return version;
        }
        store(wanted);
        return version;
    }

    private static void upsert(String key, JsonNode value, Map<String, JsonNode> wanted, Map<String, String> errors) {
        Optional<Property> property = Properties.known().find(key);
        if (property.isEmpty()) {
            errors.put(key, UNKNOWN);
            wanted.put(key, value);
            return;
        }
        if (property.get().secret() && value.asText().equals(SECRET)) {
            return;
        }
        try {
            wanted.put(property.get().name(), property.get().read(value));
        } catch (Property.Invalid e) {
            errors.put(key, e.getMessage());
            wanted.put(property.get().name(), value);
        }
    }

    private void store(Map<String, JsonNode> wanted) {
        for (Property property : Properties.known().all()) {
            JsonNode before = stored.getOrDefault(property.name(), property.otherwise());
            JsonNode after = wanted.getOrDefault(property.name(), property.otherwise());
            restart |= property.restart() && !before.equals(after);
        }
        stored.clear();
        stored.putAll(wanted);
        version++;
        long delay = Duration.ofMillis(faults.number(Faults.Fault.CONFIG_DELAY_MS, 0))
                .toNanos();
        pending.add(new Pending(nanoClock.getAsLong() + delay, new Seen(version, Map.copyOf(stored))));
        keep();
    }

    /** What is stored, by name; secrets are masked. */
    public synchronized Map<String, JsonNode> stored(boolean includeDefaults) {
        Map<String, JsonNode> shown = new TreeMap<>(stored);
        for (Property property : Properties.known().all()) {
            if (includeDefaults) {
                shown.putIfAbsent(property.name(), property.otherwise());
            }
            shown.computeIfPresent(
                    property.name(),
                    (name, value) -> property.secret() && !value.isNull()
                            ? JSON.getNodeFactory().textNode(SECRET)
                            : value);
        }
        return shown;
    }

    /** How far the node has come. */
    public synchronized Status status() {
        catchUp();
        List<String> invalid = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        seen.values().forEach((key, value) -> {
            Optional<Property> property = Properties.known().find(key);
            if (property.isEmpty()) {
                unknown.add(key);
            } else if (!isUsable(property.get(), value)) {
                invalid.add(key);
            }
        });
        return new Status(seen.version(), restart, sorted(invalid), sorted(unknown));
    }

    /** Every property there is. */
    public Collection<Property> properties() {
        return Properties.known().all();
    }

    private void catchUp() {
        while (!pending.isEmpty() && pending.getFirst().atNanos() - nanoClock.getAsLong() <= 0) {
            seen = pending.removeFirst().seen();
        }
    }

    private void keep() {
        if (file != null) {
            file.write(new ConfigFile.Content(version, new TreeMap<>(stored)));
        }
    }

    private static boolean isUsable(Property property, JsonNode set) {
        try {
            return property.read(set).equals(set);
        } catch (Property.Invalid e) {
            return false;
        }
    }

    private static Property property(String key) {
        return Properties.known()
                .find(key)
                .orElseThrow(() -> new IllegalArgumentException("no such cluster property: " + key));
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }
}
