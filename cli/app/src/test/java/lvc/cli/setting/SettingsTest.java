package lvc.cli.setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.wait.Durations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {"BROKERS", "ADMIN", "ADMIN_USER", "TIMEOUT"})
    void a_flag_beats_the_environment_beats_the_file_beats_the_built_in_value(Setting setting) {
        String key = setting.key();
        Optional<SettingsFile> file = Optional.of(new SettingsFile("config.properties", Map.of(key, "1s")));
        Map<String, String> environment = Map.of(Setting.variable(key), "2s");
        Map<String, String> flags = Map.of(key, "3s");

        assertThat(Settings.of("default", flags, environment, file)
                        .value(setting)
                        .text())
                .isEqualTo("3s");
        assertThat(Settings.of("default", Map.of(), environment, file).value(setting))
                .isEqualTo(new Settings.Value("2s", Setting.variable(key)));
        assertThat(Settings.of("default", Map.of(), Map.of(), file).value(setting))
                .isEqualTo(new Settings.Value("1s", "config.properties"));
        assertThat(Settings.of("default", Map.of(), Map.of(), Optional.empty()).value(setting))
                .isEqualTo(new Settings.Value(setting.fallback(), "built-in"));
    }

    @Test
    void a_cache_is_put_together_from_its_own_settings() {
        Settings settings = Settings.of(
                "prices",
                Map.of("cache.prices.approach", "b"),
                Map.of("LVC_CACHE_PRICES_PARTITIONS", "3"),
                Optional.of(new SettingsFile(
                        "config.properties",
                        Map.of(
                                "cache.prices.secondary", "prices-truth",
                                "cache.prices.hot.topic.segment.ms", "60000",
                                "cache.prices.truth.topic.redpanda.remote.delete", "false",
                                "cache.other.approach", "a"))));

        Cache cache = settings.cache();

        assertThat(cache.approach()).isEqualTo(Approach.B);
        assertThat(cache.hot().name()).isEqualTo("prices-primary");
        assertThat(cache.truth().name()).isEqualTo("prices-truth");
        assertThat(cache.hot().partitions()).isEqualTo(3);
        assertThat(cache.hot().settings())
                .containsEntry("segment.ms", "60000")
                .containsEntry("cleanup.policy", "compact");
        assertThat(cache.truth().settings()).containsEntry("redpanda.remote.delete", "false");
    }

    @Test
    void a_cache_without_an_approach_says_which_two_there_are() {
        Settings settings = Settings.of("default", Map.of(), Map.of(), Optional.empty());

        Fault fault = catchThrowableOfType(Fault.class, settings::cache);

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.why()).contains("cache.default.approach");
        assertThat(fault.next()).contains("--approach a").contains("--approach b");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> Settings.of(
                        "default",
                        Map.of("timeout", "soon", "cache.default.partitions", "0"),
                        Map.of("LVC_ADMIN_PASSWORD_FILE", "/nowhere/at/all"),
                        Optional.of(new SettingsFile("config.properties", Map.of("cache.default.approach", "c")))));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).isEqualTo("4 settings are wrong");
        assertThat(fault.why())
                .contains("timeout: 'soon' has not the form 500ms, 30s, 5m or 1h (--timeout)")
                .contains("0 is too small (--partitions)")
                .contains("/nowhere/at/all (LVC_ADMIN_PASSWORD_FILE)")
                .contains("cache.default.approach: 'c' is no approach (config.properties)");
    }

    @Test
    void unknown_keys_are_all_named_with_what_may_have_been_meant() throws IOException {
        Files.writeString(
                directory.resolve("config.properties"), "broker=x\ncache.default.aproach=a\nkafka.client.id=lvc\n");

        Fault fault = catchThrowableOfType(
                Fault.class, () -> SettingsFile.find(Optional.empty(), directory, Optional.empty()));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).isEqualTo("2 unknown settings in config.properties");
        assertThat(fault.why())
                .contains("'broker'; did you mean 'brokers'?")
                .contains("'cache.default.aproach'; did you mean 'cache.default.approach'?");
    }

    @Test
    void a_settings_file_that_was_named_must_be_there() {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> SettingsFile.find(Optional.of(Path.of("nope.properties")), directory, Optional.empty()));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.why()).contains(directory.resolve("nope.properties").toString());
    }

    @Test
    void the_file_here_comes_before_the_one_that_came_with_lvc() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.writeString(home.resolve("config.properties"), "brokers=there:1\n");
        Files.writeString(directory.resolve("config.properties"), "brokers=here:1\n");

        assertThat(SettingsFile.find(Optional.empty(), directory, Optional.of(home)))
                .hasValueSatisfying(file -> assertThat(file.values()).containsEntry("brokers", "here:1"));
        assertThat(SettingsFile.find(Optional.empty(), home.resolve(".."), Optional.of(home)))
                .isPresent();
    }

    @Test
    void what_begins_with_kafka_reaches_the_clients_and_secrets_come_from_files() throws IOException {
        Path secret = Files.writeString(directory.resolve("jaas"), "very secret\n");
        Settings settings = Settings.of(
                "default",
                Map.of(),
                Map.of(),
                Optional.of(new SettingsFile(
                        "config.properties",
                        Map.of(
                                "kafka.security.protocol",
                                "SASL_SSL",
                                "kafka.sasl.jaas.config-file",
                                secret.toString()))));

        assertThat(settings.kafka())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "very secret")
                .hasSize(2);
    }

    @Test
    void a_name_that_no_kafka_client_knows_is_told_from_one_that_is_set_otherwise() throws IOException {
        Files.writeString(
                directory.resolve("config.properties"),
                "kafka.security.protocl=SASL_SSL\nkafka.sasl.jaas.confg-file=x\nkafka.bootstrap.servers=x:1\n");

        Fault fault = catchThrowableOfType(
                Fault.class, () -> SettingsFile.find(Optional.empty(), directory, Optional.empty()));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).isEqualTo("3 unknown settings in config.properties");
        assertThat(fault.why())
                .contains("'kafka.security.protocl' is nothing that Kafka's clients know;"
                        + " did you mean 'kafka.security.protocol'?")
                .contains("'kafka.sasl.jaas.confg-file'")
                .contains("did you mean 'kafka.sasl.jaas.config'?")
                .contains("'kafka.bootstrap.servers'; set 'brokers' instead");
    }

    @Test
    void a_class_of_somebody_elses_may_have_properties_that_nobody_knows() throws IOException {
        Files.writeString(
                directory.resolve("config.properties"),
                "kafka.interceptor.classes=org.example.Tracing\nkafka.tracing.endpoint=http://traces\n");

        assertThat(SettingsFile.find(Optional.empty(), directory, Optional.empty()))
                .isPresent();
    }

    @Test
    void values_that_no_kafka_client_takes_are_said_with_everything_else() {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> Settings.of(
                        "default",
                        Map.of("timeout", "0s"),
                        Map.of(),
                        Optional.of(new SettingsFile(
                                "config.properties",
                                Map.of(
                                        "kafka.request.timeout.ms", "soon",
                                        "kafka.max.block.ms", "-1",
                                        "kafka.sasl.jaas.config-file", "/nowhere/at/all")))));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).isEqualTo("4 settings are wrong");
        assertThat(fault.why())
                .contains("timeout: nothing can be done in '0s' (--timeout)")
                .contains("kafka.request.timeout.ms: Kafka's clients do not take 'soon': Not a number of type INT"
                        + " (config.properties)")
                .contains("kafka.max.block.ms: Kafka's clients do not take '-1': ")
                .contains("kafka.sasl.jaas.config-file: there is no file /nowhere/at/all (config.properties)");
    }

    @Test
    void everything_that_is_wrong_with_serving_is_said_at_once() {
        Settings settings = Settings.of(
                "default",
                Map.of("serve.host", "0.0.0.0"),
                Map.of("LVC_SERVE_PORT", "http"),
                Optional.of(new SettingsFile(
                        "config.properties",
                        Map.of("serve.quiet", "soon", "serve.writes", "yes", "serve.tls-key-file", "key.pem"))));

        Fault fault = catchThrowableOfType(Fault.class, settings::serve);

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).isEqualTo("4 settings are wrong");
        assertThat(fault.why())
                .contains("serve.port: 'http' is no number, set it to a number from 0 to 65535 (LVC_SERVE_PORT)")
                .contains("serve.quiet: 'soon' has not the form")
                .contains("serve.writes: 'yes' is neither true nor false, set it to true or false (config.properties)")
                .contains("only one of serve.tls-certificate-file and serve.tls-key-file is set");
    }

    @Test
    void a_file_of_two_that_go_together_is_named_when_it_cannot_be_read() {
        Settings settings = Settings.of(
                "default",
                Map.of(),
                Map.of("LVC_SERVE_TLS_KEY_FILE", "/nowhere"),
                Optional.of(new SettingsFile(
                        "config.properties",
                        Map.of("serve.tls-certificate-file", Path.of("pom.xml").toString()))));

        Fault fault = catchThrowableOfType(Fault.class, settings::serve);

        assertThat(fault.why())
                .startsWith("serve.tls-key-file: '/nowhere' cannot be read")
                .endsWith("(LVC_SERVE_TLS_KEY_FILE)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "", "a.b", "prices/eu"})
    void a_cache_has_a_name_that_a_key_can_hold(String cache) {
        Fault fault = catchThrowableOfType(Fault.class, () -> Settings.of(cache, Map.of(), Map.of(), Optional.empty()));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).isEqualTo("'" + cache + "' is no name of a cache");
        assertThat(fault.why()).contains("letters, digits, _ and -");
    }

    @Test
    void a_variable_that_is_nearly_that_of_a_setting_is_told_from_one_of_somebody_elses() {
        assertThat(Setting.misspelt(Set.of(
                        "LVC_SERVE_PRT",
                        "LVC_BROKER",
                        "LVC_SERVE_PORT",
                        "LVC_CACHE_PRICES_APPROACH",
                        "LVC_BUILD",
                        "LVC_JAVA_OPTS",
                        "LVC_MINIO",
                        "LVC_KUBERNETES",
                        "TIMEOUT")))
                .containsExactly(
                        "LVC_BROKER is no setting; did you mean LVC_BROKERS?",
                        "LVC_SERVE_PRT is no setting; did you mean LVC_SERVE_PORT?");
    }

    @Test
    void a_settings_file_that_is_no_text_is_said_to_be_none() throws IOException {
        Files.write(directory.resolve("config.properties"), new byte[] {(byte) 0xca, (byte) 0xfe, 0, 1});

        Fault fault = catchThrowableOfType(
                Fault.class, () -> SettingsFile.find(Optional.empty(), directory, Optional.empty()));

        assertThat(fault.why()).endsWith("config.properties: it is no text in UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "5m,300000", "1h,3600000"})
    void durations_have_units(String text, long millis) {
        assertThat(Durations.parse("timeout", text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "source,default,source",
        "source,prices,prices-source",
        "transform,prices,lvc-prices",
        "partitions,prices,1"
    })
    void names_contain_the_name_of_any_cache_but_the_default_one(String ending, String cache, String name) {
        CacheSetting setting = CacheSetting.valueOf(ending.toUpperCase(java.util.Locale.ROOT));

        assertThat(setting.fallback(cache)).isEqualTo(name);
    }
}
