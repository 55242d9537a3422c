package lvc.adapter.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** The properties that Kafka's clients know. They themselves pass over a name they do not know without a word. */
public final class KnownProperties {
    /** Names a class that may have properties of its own. */
    private static final Pattern PLUGIN = Pattern.compile(".*\\.(class|classes|reporters)");

    private static final Pattern REFUSAL = Pattern.compile("(?s)Invalid value .*? for configuration [\\w.-]+(: )?");

    private KnownProperties() {}

    /** The names that any of the clients knows. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>();
        clients().forEach(client -> names.addAll(client.names()));
        return names;
    }

    /** Whether some of these properties name a class: then what nobody knows may be meant for that class. */
    public static boolean plugged(Set<String> properties) {
        return properties.stream().anyMatch(name -> PLUGIN.matcher(name).matches());
    }

    /** Why the clients would not take some of these values, by name. */
    public static Map<String, String> refused(Map<String, String> properties) {
        Map<String, String> refused = new TreeMap<>();
        for (ConfigDef client : clients()) {
            for (ConfigValue value : client.validate(properties)) {
                Optional<String> said = value.errorMessages().stream().findFirst();
                if (said.isPresent() && properties.containsKey(value.name())) {
                    refused.putIfAbsent(
                            value.name(), REFUSAL.matcher(said.get()).replaceFirst(""));
                }
            }
        }
        return refused;
    }

    private static List<ConfigDef> clients() {
        return List.of(AdminClientConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef());
    }
}
