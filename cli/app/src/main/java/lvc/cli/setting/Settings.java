package lvc.cli.setting;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import lvc.adapter.file.SecretFile;
import lvc.adapter.kafka.ClientProperties;
import lvc.cache.ServeSetting;
import lvc.cache.ServeSettings;
import lvc.core.fault.Fault;
import lvc.core.journal.JournalTopic;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicSpec;
import lvc.core.wait.Durations;

/**
 * All settings of one command, frozen: flag before environment before settings file before built-in value. Whatever is
 * wrong with any of them is said at once.
 */
public final class Settings {
    private static final String DEMO_PREFIX = "lvc-";

    private final String cache;
    private final Map<String, Value> values;

    /**
     * A value and where it came from.
     *
     * @param origin as in "--brokers", "LVC_BROKERS", "config.properties" or "built-in"
     */
    public record Value(String text, String origin) {}

    private Settings(String cache, Map<String, Value> values) {
        this.cache = cache;
        this.values = Map.copyOf(values);
    }

    /**
     * Puts the sources together.
     *
     * @param cache the cache that is meant
     * @param flags values given on the command line, by key
     * @param environment all environment variables
     * @param file the settings file that was found, if any
     * @throws Fault USAGE that names every setting that is wrong
     */
    public static Settings of(
            String cache, Map<String, String> flags, Map<String, String> environment, Optional<SettingsFile> file) {
        demandName(cache);
        Map<String, Value> values = new TreeMap<>();
        BiConsumer<String, String> known = (key, fallback) -> values.put(key, new Value(fallback, "built-in"));
        for (Setting setting : Setting.values()) {
            known.accept(setting.key(), setting.fallback());
        }
        for (ServeSetting setting : ServeSetting.values()) {
            known.accept(setting.key(), setting.fallback());
        }
        for (CacheSetting setting : CacheSetting.values()) {
            known.accept(setting.key(cache), setting.fallback(cache));
        }
        file.ifPresent(f -> f.values().forEach((key, text) -> values.put(key, new Value(text, f.name()))));
        for (String key : List.copyOf(values.keySet())) {
            String variable = Setting.variable(key);
            Optional.ofNullable(environment.get(variable))
                    .ifPresent(text -> values.put(key, new Value(text, variable)));
        }
        flags.forEach((key, text) -> values.put(key, new Value(text, flag(key))));
        Settings settings = new Settings(cache, values);
        new SettingsCheck(settings.values).demandSound(cache);
        return settings;
    }

    private static void demandName(String cache) {
        if (!SettingsFile.CACHE_NAME.matcher(cache).matches()) {
            throw Fault.usage(
                    "'" + cache + "' is no name of a cache",
                    "given by --cache; a name is made of letters, digits, _ and -",
                    "--cache prices");
        }
    }

    private static String flag(String key) {
        if (key.equals(ServeSetting.TOPICS.key())) {
            return "given as arguments";
        }
        return "--" + key.substring(key.lastIndexOf('.') + 1);
    }

    /** Which cache is meant. */
    public String cacheName() {
        return cache;
    }

    /** Every value with its origin, by key. */
    public Map<String, Value> all() {
        return new TreeMap<>(values);
    }

    /** The value of a setting, perhaps empty. */
    public Value value(Setting setting) {
        return value(setting.key());
    }

    /**
     * What a cache is served with.
     *
     * @throws Fault USAGE that names every setting of it that is wrong
     */
    public ServeSettings serve() {
        new SettingsCheck(values).demandServable();
        return ServeSettings.of(setting -> value(setting.key()).text());
    }

    /** How long a wait may go on without progress. */
    public Duration timeout() {
        return duration(Setting.TIMEOUT);
    }

    /** How long nothing may have moved in a fenced topic, at least. */
    public Duration settle() {
        return duration(Setting.SETTLE);
    }

    /** How often a run of recreate says that it is alive. */
    public Duration heartbeat() {
        return duration(Setting.HEARTBEAT);
    }

    /** How long a wait that has a setting of its own may go on without progress. */
    public Duration patience(Setting setting) {
        return duration(setting);
    }

    private Duration duration(Setting setting) {
        return Durations.parse(setting.key(), value(setting).text());
    }

    /** What is handed to the Kafka clients, without the addresses. */
    public Map<String, Object> kafka() {
        return ClientProperties.of(under(Setting.KAFKA_PREFIX), SecretFile::read);
    }

    /** Addresses of the Admin API; a scheme is added where none was given. */
    public static List<URI> addresses(String text) {
        List<URI> addresses = new ArrayList<>();
        for (String part : text.split(",")) {
            String address = part.trim();
            if (!address.isEmpty()) {
                try {
                    URI uri = URI.create(address.contains("://") ? address : "http://" + address);
                    if (uri.getHost() == null) {
                        throw new IllegalArgumentException("no host");
                    }
                    addresses.add(uri);
                } catch (IllegalArgumentException e) {
                    throw Fault.usage(
                                    "'" + address + "' is no address of an Admin API",
                                    "setting " + Setting.ADMIN.key() + " wants http://host:port",
                                    "--admin http://127.0.0.1:9644")
                            .causedBy(e);
                }
            }
        }
        return addresses;
    }

    /**
     * The cache that is meant, put together from its settings.
     *
     * @throws Fault USAGE when its approach was not given
     */
    public Cache cache() {
        Value given = value(CacheSetting.APPROACH.key(cache));
        if (given.text().isEmpty()) {
            throw Fault.usage(
                    "cache '" + cache + "' has no approach",
                    "neither --approach nor " + CacheSetting.APPROACH.key(cache) + " is set",
                    "--approach a (source to destination) or --approach b (primary to secondary)");
        }
        Approach approach = approach(given);
        String truth = approach == Approach.A ? text(CacheSetting.SOURCE) : text(CacheSetting.SECONDARY);
        String hot = approach == Approach.A ? text(CacheSetting.DESTINATION) : text(CacheSetting.PRIMARY);
        return new Cache(
                cache,
                approach,
                text(CacheSetting.TRANSFORM),
                topic(truth, TopicDefaults.truth(), CacheSetting.TRUTH_PREFIX),
                topic(hot, TopicDefaults.hot(approach), CacheSetting.HOT_PREFIX));
    }

    /** The same cache for the demo: names that say so, and tombstones that go as soon as they can. */
    public Cache demoCache() {
        Cache cache = cache();
        TopicSpec hot = cache.hot().with(Map.of("delete.retention.ms", "1000"));
        return new Cache(
                cache.name(),
                cache.approach(),
                DEMO_PREFIX + cache.name(),
                cache.truth().named(DEMO_PREFIX + cache.truth().name()),
                hot.named(DEMO_PREFIX + hot.name()));
    }

    private TopicSpec topic(String name, Map<String, String> defaults, String prefix) {
        JournalTopic.demandOther(name, "topic " + name + " cannot be part of cache '" + cache + "'");
        Map<String, String> settings = new TreeMap<>(defaults);
        settings.putAll(under("cache." + cache + "." + prefix));
        return new TopicSpec(
                name,
                Integer.parseInt(text(CacheSetting.PARTITIONS)),
                Integer.parseInt(text(CacheSetting.REPLICATION)),
                new TreeMap<>(settings));
    }

    private Map<String, String> under(String prefix) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value.text());
            }
        });
        return found;
    }

    private String text(CacheSetting setting) {
        return value(setting.key(cache)).text();
    }

    private Value value(String key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("not a setting: " + key);
        }
        return value;
    }

    static Approach approach(Value value) {
        return switch (value.text()) {
            case "a", "A" -> Approach.A;
            case "b", "B" -> Approach.B;
            default ->
                throw Fault.usage(
                        "'" + value.text() + "' is no approach",
                        "given by " + value.origin(),
                        "--approach a (source to destination) or --approach b (primary to secondary)");
        };
    }
}
