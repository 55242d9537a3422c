package lvc.adapter.kafka;

import java.nio.file.Path;
import java.time.Duration;
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
            properties.put(property(key), inFile(key) ? secrets.apply(Path.of(text)) : text);
        });
        return properties;
    }

    /** The property that a setting is about, whether it holds the value or names the file that does. */
    public static String property(String key) {
        return inFile(key) ? key.substring(0, key.length() - FILE_ENDING.length()) : key;
    }

    /** Whether a setting names the file that holds the value. */
    public static boolean inFile(String key) {
        return key.endsWith(FILE_ENDING);
    }

    /**
     * Makes sure that clients can be made with these properties. Opens no connection.
     *
     * @param connection all of them
     * @throws lvc.core.fault.Fault USAGE with the property that is wrong, or what the client says
     */
    public static void demandClient(Map<String, Object> connection, Duration timeout) {
        AdminClients.demand(connection, timeout);
    }
}
