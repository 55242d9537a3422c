package lvc.adapter.kafka;

import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.InterruptException;

/** Makes clients, or says which property makes none: clients themselves often hide that behind two or three causes. */
final class Clients {
    private static final String NO_CREDENTIALS = "Could not find a 'KafkaClient' entry in the JAAS configuration";

    private Clients() {}

    /**
     * Makes one. Opens no connection.
     *
     * @param properties given to it
     * @throws Fault USAGE with the property that is wrong, where that can be told
     */
    static <T> T make(Map<String, Object> properties, Function<Map<String, Object>, T> constructor) {
        try {
            return constructor.apply(properties);
        } catch (InterruptException e) {
            throw new Pause.Interrupted();
        } catch (KafkaException e) {
            String said = said(e);
            String key =
                    about(said, properties).map(name -> "kafka." + name + ": ").orElse("");
            throw Fault.usage(
                            "no Kafka client with these settings",
                            key + plain(said, properties),
                            "look at the kafka.* lines of config.properties (lvc config shows what is used)")
                    .causedBy(e);
        }
    }

    /** The words of the first cause, which know most. */
    private static String said(Throwable thrown) {
        String said = thrown.getClass().getSimpleName();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof ClassNotFoundException) {
                said = "there is no class " + each.getMessage();
            } else if (each instanceof NoSuchFileException) {
                said = "there is no file " + each.getMessage();
            } else if (each.getMessage() != null) {
                said = each.getMessage();
            }
        }
        return said;
    }

    /** The property that the words are about: they have its name in them, or its value. */
    private static Optional<String> about(String said, Map<String, Object> properties) {
        if (said.contains("JAAS")) {
            return Optional.of(SaslConfigs.SASL_JAAS_CONFIG);
        }
        Comparator<String> shortest = Comparator.comparingInt(String::length);
        return properties.keySet().stream()
                .filter(name -> has(said, name))
                .max(shortest)
                .or(() -> properties.entrySet().stream()
                        .filter(each -> has(said, String.valueOf(each.getValue())))
                        .map(Map.Entry::getKey)
                        .max(shortest));
    }

    private static boolean has(String said, String word) {
        return !word.isEmpty()
                && Pattern.compile("(?<![\\w.])" + Pattern.quote(word) + "(?![\\w])")
                        .matcher(said)
                        .find();
    }

    private static String plain(String said, Map<String, Object> properties) {
        return said.contains(NO_CREDENTIALS)
                ? "it is not set, and kafka.security.protocol "
                        + properties.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG) + " needs it"
                : said;
    }
}
