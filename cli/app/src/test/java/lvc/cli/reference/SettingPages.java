package lvc.cli.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lvc.cache.ServeSetting;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.core.topic.Cache;

/** The page of the settings, and the settings file that is shipped. */
public final class SettingPages {
    private static final String DEFAULT = CacheSetting.DEFAULT_CACHE;

    private static final String HEAD = """
            # Settings

            A setting has one value, from the first of these that gives one:

            1. a flag on the command line,
            2. an environment variable: `LVC_` and the key in capitals, with `_` for `.` and `-`,
            3. the settings file: the one named with `--config`; else `config.properties` in the working directory; else the one
               beside `lvc`'s own `pom.xml`,
            4. the built-in value.

            `lvc config` shows every setting, its value and where it comes from. A key that is not known is an error, with a
            suggestion. All keys of a settings file that are not known are reported at once, and so are all values that are wrong,
            each with where it comes from; `lvc serve` looks at those of `serve.*` after the others.
            [`config.properties`](../../config.properties) holds every key of this page, commented out, with its built-in value.

            ## The cluster

            | key | flag | environment | built-in | meaning |
            |---|---|---|---|---|
            """;

    private static final String KAFKA = """

            `brokers` and `admin` are given together or not at all: from the address of one, the other is never guessed. With
            neither, lvc takes `127.0.0.1:9092` and `http://127.0.0.1:9644` if somebody answers on both; that is where
            `lvc sandbox` listens.

            ### `kafka.*`

            What begins with `kafka.` is handed to the Kafka clients without that beginning: `kafka.security.protocol=SASL_SSL`.
            Where a key ends in `-file`, the value is the path of a file that holds the value, so that secrets need not stand in
            the settings: `kafka.sasl.jaas.config-file=/run/secrets/jaas`. Such keys come from the settings file; an environment
            variable replaces one that stands there. A name that no Kafka client knows is an error, unless another setting names a
            class (`kafka.interceptor.classes`), which may know it. The addresses are those of `brokers`.
            """;

    private static final String CACHES = """

            ## The caches

            A cache has a name, chosen with `--cache`; without it the name is `default`. Each has settings of its own, under
            `cache.NAME.`:

            | key | flag | built-in for `default` | built-in for `prices` | meaning |
            |---|---|---|---|---|
            """;

    private static final String TOPICS = """

            ### Topic settings

            `cache.NAME.hot.topic.*` and `cache.NAME.truth.topic.*` are the settings that `create-topics` gives the hot topic
            (`destination` or `primary`) and the truth (`source` or `secondary`). What stands in the settings file is added to the
            built-in ones or replaces them.

            | topic setting | truth | hot, approach A | hot, approach B |
            |---|---|---|---|
            """;

    private static final String TAIL = """

            `lvc demo` makes a cache of its own, with names that begin with `lvc-demo-`, and sets `delete.retention.ms=1000` on its
            hot topic, so that a deleted key can be seen to vanish.
            """;

    private SettingPages() {}

    /**
     * The page.
     *
     * @param options the long options of all commands
     */
    public static String page(Set<String> options) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Setting setting : Setting.values()) {
            row(
                    page,
                    code(setting.key()),
                    flag(setting.key(), options),
                    code(Setting.variable(setting.key())),
                    code(setting.fallback()),
                    setting.doc());
        }
        for (ServeSetting setting : ServeSetting.values()) {
            row(
                    page,
                    code(setting.key()),
                    flag(setting.ending(), options),
                    code(Setting.variable(setting.key())),
                    code(setting.fallback()),
                    setting.doc());
        }
        page.append(KAFKA).append(CACHES);
        for (CacheSetting setting : CacheSetting.values()) {
            row(
                    page,
                    code(setting.key("NAME")),
                    flag(setting.ending(), options),
                    code(setting.fallback(DEFAULT)),
                    code(setting.fallback("prices")),
                    setting.doc());
        }
        page.append(TOPICS);
        Cache a = cache("a");
        Cache b = cache("b");
        Map<String, String> all = new TreeMap<>(a.truth().settings());
        all.putAll(a.hot().settings());
        all.putAll(b.hot().settings());
        all.keySet()
                .forEach(key -> row(
                        page,
                        code(key),
                        code(a.truth().settings().getOrDefault(key, "")),
                        code(a.hot().settings().getOrDefault(key, "")),
                        code(b.hot().settings().getOrDefault(key, ""))));
        return page.append(TAIL).toString();
    }

    /** The settings file. */
    public static String file() {
        StringBuilder file = new StringBuilder("""
                # Settings of lvc. Every key stands here with its built-in value, commented out.
                # A flag wins over an environment variable (LVC_ and the key in capitals, with _ for . and -),
                # that wins over this file, and this file over the built-in value.
                # lvc config shows every value and where it comes from; docs/reference/settings.md explains.
                """);
        for (Setting setting : Setting.values()) {
            entry(file, setting.doc(), setting.key(), setting.fallback());
        }
        for (ServeSetting setting : ServeSetting.values()) {
            entry(file, setting.doc(), setting.key(), setting.fallback());
        }
        file.append("""

                # What begins with kafka. is handed to the Kafka clients without that beginning. A key that ends in -file
                # names a file that holds the value, so that secrets need not stand here. For example:
                # kafka.security.protocol=SASL_SSL
                # kafka.sasl.mechanism=SCRAM-SHA-256
                # kafka.sasl.jaas.config-file=/run/secrets/jaas

                # The cache that is meant without --cache. Others have their name in the place of "default".
                """);
        for (CacheSetting setting : CacheSetting.values()) {
            entry(file, setting.doc(), setting.key(DEFAULT), setting.fallback(DEFAULT));
        }
        topics(
                file,
                "Topic settings of the truth (source or secondary): tiered.",
                CacheSetting.TRUTH_PREFIX,
                cache("b").truth().settings());
        Map<String, String> hot = new LinkedHashMap<>(cache("a").hot().settings());
        topics(
                file,
                "Topic settings of the hot topic (destination or primary): local, compacted within seconds.",
                CacheSetting.HOT_PREFIX,
                hot);
        Map<String, String> more = new TreeMap<>(cache("b").hot().settings());
        more.keySet().removeAll(hot.keySet());
        topics(
                file,
                "Approach b only: how long a tombstone stays, so that a transform that was down for less sees it.",
                CacheSetting.HOT_PREFIX,
                more);
        return file.toString();
    }

    private static void entry(StringBuilder file, String doc, String key, String value) {
        file.append("\n# ")
                .append(doc)
                .append("\n#")
                .append(key)
                .append("=")
                .append(value)
                .append("\n");
    }

    private static void topics(StringBuilder file, String doc, String prefix, Map<String, String> settings) {
        file.append("\n# ").append(doc).append("\n");
        new TreeMap<>(settings).forEach((key, value) -> file.append("#cache.")
                .append(DEFAULT)
                .append(".")
                .append(prefix)
                .append(key)
                .append("=")
                .append(value)
                .append("\n"));
    }

    private static Cache cache(String approach) {
        return Settings.of(DEFAULT, Map.of(CacheSetting.APPROACH.key(DEFAULT), approach), Map.of(), Optional.empty())
                .cache();
    }

    private static String flag(String key, Set<String> options) {
        return options.contains(key) ? code("--" + key) : "";
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static void row(StringBuilder page, String... cells) {
        for (String cell : cells) {
            page.append("| ").append(cell).append(cell.isEmpty() ? "" : " ");
        }
        page.append("|\n");
    }
}
