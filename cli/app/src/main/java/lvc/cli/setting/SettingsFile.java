package lvc.cli.setting;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.adapter.kafka.ClientProperties;
import lvc.adapter.kafka.KnownProperties;
import lvc.cache.ServeSetting;
import lvc.core.fault.Fault;

/**
 * A settings file in Java's properties format.
 *
 * @param name as shown to people
 * @param values by key, as written
 */
public record SettingsFile(String name, Map<String, String> values) {
    /** What a cache may be called. */
    static final Pattern CACHE_NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private static final Pattern CACHE_KEY = Pattern.compile("cache\\.(" + CACHE_NAME + ")\\.(.+)");

    private static final String ADDRESSES = "bootstrap.servers";

    /** What the file is called that is looked for. */
    public static final String NAME = "config.properties";

    /**
     * Finds and reads the settings file: the one that was named, else the one in the working directory, else the one that
     * came with lvc.
     *
     * @throws Fault USAGE when a named file is not there, or with every key that is not known
     */
    public static Optional<SettingsFile> find(Optional<Path> named, Path workingDirectory, Optional<Path> home) {
        if (named.isPresent()) {
            Path file = workingDirectory.resolve(named.get());
            if (!Files.isReadable(file)) {
                throw Fault.usage(
                        "settings file not read",
                        "there is no readable file " + file.toAbsolutePath() + " (--config)",
                        "give the path of a " + NAME);
            }
            return Optional.of(read(named.get().toString(), file));
        }
        Path here = workingDirectory.resolve(NAME);
        if (Files.isReadable(here)) {
            return Optional.of(read(NAME, here));
        }
        return home.map(directory -> directory.resolve(NAME))
                .filter(Files::isReadable)
                .map(file -> read(file.toString(), file));
    }

    private static SettingsFile read(String name, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw Fault.usage(
                            "settings file not read",
                            file + ": "
                                    + (e instanceof CharacterCodingException
                                            ? "it is no text in UTF-8"
                                            : e.getMessage()),
                            "the format is key=value, one per line, in UTF-8")
                    .causedBy(e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.forEach((key, value) -> values.put((String) key, ((String) value).trim()));
        checkKeys(name, values);
        return new SettingsFile(name, values);
    }

    private static void checkKeys(String name, Map<String, String> values) {
        List<String> known = Stream.of(
                        Arrays.stream(Setting.values()).map(Setting::key),
                        Arrays.stream(ServeSetting.values()).map(ServeSetting::key),
                        Arrays.stream(CacheSetting.values()).map(s -> s.key(CacheSetting.DEFAULT_CACHE)))
                .flatMap(Function.identity())
                .toList();
        List<String> unknown = new ArrayList<>();
        for (String key : values.keySet()) {
            if (!known.contains(key) && !key.startsWith(Setting.KAFKA_PREFIX) && !cacheKey(key)) {
                unknown.add("'" + key + "'" + Suggestion.sentence(key, known));
            }
        }
        unknown.addAll(unknownToKafka(values.keySet()));
        if (!unknown.isEmpty()) {
            throw Fault.usage(
                    unknown.size() == 1
                            ? "unknown setting in " + name
                            : unknown.size() + " unknown settings in " + name,
                    String.join("\n       ", unknown),
                    "docs/reference/settings.md lists them all");
        }
    }

    /** Kafka's clients would pass over such a key without a word. */
    private static List<String> unknownToKafka(Set<String> keys) {
        Set<String> properties = keys.stream()
                .filter(key -> key.startsWith(Setting.KAFKA_PREFIX))
                .map(key -> key.substring(Setting.KAFKA_PREFIX.length()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (properties.isEmpty()) {
            return List.of();
        }
        Set<String> known = new TreeSet<>(KnownProperties.names());
        known.remove(ADDRESSES);
        boolean plugged = KnownProperties.plugged(properties);
        List<String> unknown = new ArrayList<>();
        for (String property : properties) {
            String name = ClientProperties.property(property);
            String key = "'" + Setting.KAFKA_PREFIX + property + "'";
            if (name.equals(ADDRESSES)) {
                unknown.add(key + "; set '" + Setting.BROKERS.key() + "' instead");
            } else if (!known.contains(name) && !plugged) {
                unknown.add(key + " is nothing that Kafka's clients know"
                        + Suggestion.of(name, known)
                                .map(word -> "; did you mean '" + Setting.KAFKA_PREFIX + word + "'?")
                                .orElse(""));
            }
        }
        return unknown;
    }

    private static boolean cacheKey(String key) {
        var matcher = CACHE_KEY.matcher(key);
        if (!matcher.matches()) {
            return false;
        }
        String ending = matcher.group(2);
        return ending.startsWith(CacheSetting.HOT_PREFIX)
                || ending.startsWith(CacheSetting.TRUTH_PREFIX)
                || Arrays.stream(CacheSetting.values()).anyMatch(s -> s.ending().equals(ending));
    }
}
