package lvc.cli.setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import lvc.adapter.kafka.ClientProperties;
import lvc.adapter.kafka.KnownProperties;
import lvc.cache.ServeSetting;
import lvc.cache.ServeSettings;
import lvc.cli.setting.Settings.Value;
import lvc.core.fault.Fault;
import lvc.core.wait.Durations;

/** Looks for what is wrong with any of the settings, to say all of it at once and each with where it comes from. */
final class SettingsCheck {
    private final Map<String, Value> values;
    private final List<String> wrong = new ArrayList<>();

    SettingsCheck(Map<String, Value> values) {
        this.values = values;
    }

    /**
     * What every command needs.
     *
     * @throws Fault USAGE that names every setting that is wrong
     */
    void demandSound(String cache) {
        for (Setting duration : List.of(Setting.TIMEOUT, Setting.SETTLE, Setting.HEARTBEAT, Setting.INSTALL_TIMEOUT)) {
            String key = duration.key();
            collect(key, () -> Durations.parse(key, value(key).text()), Fault::why);
        }
        String admin = Setting.ADMIN.key();
        collect(
                admin,
                () -> Settings.addresses(value(admin).text()),
                fault -> fault.what() + ", such as http://127.0.0.1:9644");
        String approach = CacheSetting.APPROACH.key(cache);
        if (!value(approach).text().isEmpty()) {
            collect(approach, () -> Settings.approach(value(approach)), Fault::what);
        }
        number(CacheSetting.PARTITIONS.key(cache), 1);
        number(CacheSetting.REPLICATION.key(cache), -1);
        for (Setting file : List.of(Setting.ADMIN_PASSWORD_FILE, Setting.ADMIN_CA_FILE)) {
            if (!value(file.key()).text().isEmpty()) {
                readable(file.key());
            }
        }
        clients();
        demandNothingWrong();
    }

    /**
     * What is needed to serve.
     *
     * @throws Fault USAGE that names every setting that is wrong
     */
    void demandServable() {
        for (ServeSetting setting : ServeSetting.values()) {
            // The two files of TLS make sense only together, and are looked at with the first of them.
            if (setting != ServeSetting.TLS_KEY_FILE) {
                servable(setting);
            }
        }
        demandNothingWrong();
    }

    private void servable(ServeSetting setting) {
        try {
            ServeSettings.of(other -> alone(setting, other));
        } catch (Fault fault) {
            String key = Arrays.stream(ServeSetting.values())
                    .map(ServeSetting::key)
                    .filter(name -> fault.what().startsWith(name + " "))
                    .findFirst()
                    .orElse(setting.key());
            wrong.add(key + ": " + fault.why() + ", " + fault.next() + from(key));
        }
    }

    /** The value of a setting where only one is as it was given, and those that go with it. */
    private String alone(ServeSetting one, ServeSetting other) {
        boolean given =
                other == one || (one == ServeSetting.TLS_CERTIFICATE_FILE && other == ServeSetting.TLS_KEY_FILE);
        return given ? value(other.key()).text() : other.fallback();
    }

    /** Only for those who give some: most need not wait until Kafka's clients are looked at. */
    private void clients() {
        Map<String, String> plain = new TreeMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        values.keySet().stream()
                .filter(key -> key.startsWith(Setting.KAFKA_PREFIX))
                .sorted()
                .forEach(key -> {
                    String property = key.substring(Setting.KAFKA_PREFIX.length());
                    if (ClientProperties.inFile(property)) {
                        readable(key);
                    } else {
                        plain.put(property, value(key).text());
                        keys.put(property, key);
                    }
                });
        if (!plain.isEmpty()) {
            KnownProperties.refused(plain).forEach((property, why) -> {
                String key = keys.getOrDefault(property, property);
                wrong.add(key + ": Kafka's clients do not take '" + value(key).text() + "'"
                        + (why.isEmpty() ? "" : ": " + why) + from(key));
            });
        }
    }

    private void readable(String key) {
        Path file = Path.of(value(key).text());
        if (!Files.exists(file)) {
            wrong.add(key + ": there is no file " + file + from(key));
        } else if (!Files.isReadable(file) || Files.isDirectory(file)) {
            wrong.add(key + ": cannot read " + file + from(key));
        }
    }

    private void collect(String key, Runnable check, Function<Fault, String> words) {
        try {
            check.run();
        } catch (Fault fault) {
            wrong.add(key + ": " + words.apply(fault) + from(key));
        }
    }

    private void number(String key, int least) {
        String text = value(key).text();
        try {
            int number = Integer.parseInt(text);
            if (number < least || number == 0) {
                wrong.add(key + ": " + number + " is too small" + from(key));
            }
        } catch (NumberFormatException e) {
            wrong.add(key + ": '" + text + "' is no whole number" + from(key));
        }
    }

    private String from(String key) {
        return " (" + value(key).origin() + ")";
    }

    private Value value(String key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("not a setting: " + key);
        }
        return value;
    }

    private void demandNothingWrong() {
        if (!wrong.isEmpty()) {
            throw Fault.usage(
                    wrong.size() == 1 ? "a setting is wrong" : wrong.size() + " settings are wrong",
                    String.join("\n       ", wrong),
                    "lvc config shows every setting and where its value comes from");
        }
    }
}
