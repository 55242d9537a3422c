package lvc.adapter.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What settings that begin with {@code kafka.} say to Kafka's clients. */
public final class ClientProperties {
    private static final String FILE_ENDING = "-file";

    private ClientProperties() {}

    /**
     * Properties of Kafka's clients, without the addresses. A key that ends in {@code -file} names the file that holds the
     * value, so that secrets need not stand in the settings.
     *
     * @param settings by their keys, without what they begin with
     * @param secrets reads such a file; what it throws is thrown
     */
    public static Map<String, Object> of(Map<String, String> settings, Function<Path, String> secrets) {
        Map<String, Object> properties = new HashMap<>();
        settings.forEach((key, text) -> {
            if (key.endsWith(FILE_ENDING)) {
                properties.put(key.substring(0, key.length() - FILE_ENDING.length()), secrets.apply(Path.of(text)));
            } else {
                properties.put(key, text);
            }
        });
        return properties;
    }
}
