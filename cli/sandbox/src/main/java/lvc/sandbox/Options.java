package lvc.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lvc.sandbox.admin.AdminOptions;
import lvc.sandbox.transform.Timings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line of the sandbox. */
@Command(
        name = "sandbox",
        description = "Runs a cluster in a box: a broker, data transforms and Redpanda's Admin API, on 127.0.0.1.",
        sortOptions = false)
final class Options {

    private static final int DEFAULT_KAFKA_PORT = 9092;
    private static final int DEFAULT_ADMIN_PORT = 9644;
    private static final int LAST_PORT = 65535;

    /** How the line is written that says where the sandbox is. */
    enum Output {
        human,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is read.
    CommandSpec spec;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Port for Kafka clients; 0 picks a free one.")
    int kafkaPort = DEFAULT_KAFKA_PORT;

    @Option(
            names = "--forwarded-kafka-port",
            paramLabel = "PORT",
            description =
                    "Port from which something else forwards Kafka clients to a second port of the broker, which is"
                            + " said when it is ready. Clients that come that way are told to keep to it.")
    @Nullable
    Integer forwardedKafkaPort;

    @Option(names = "--admin-port", paramLabel = "PORT", description = "Port of the Admin API; 0 picks a free one.")
    int adminPort = DEFAULT_ADMIN_PORT;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep everything in this directory. Without it nothing is left at the end.")
    @Nullable
    Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How to say where the sandbox is: human or json.")
    Output output = Output.human;

    @Option(
            names = "--commit-interval",
            paramLabel = "TIME",
            converter = Times.class,
            description = "How often transforms commit: data_transforms_commit_interval_ms. For example 500ms.")
    @Nullable
    Duration commitInterval;

    @Option(
            names = "--first-backoff",
            paramLabel = "TIME",
            converter = Times.class,
            description = "Pause after a transform failed; doubled each time.")
    @Nullable
    Duration firstBackoff;

    @Option(
            names = "--longest-backoff",
            paramLabel = "TIME",
            converter = Times.class,
            description = "Longest pause after a transform failed.")
    @Nullable
    Duration longestBackoff;

    @Option(
            names = "--link-retry",
            paramLabel = "TIME",
            converter = Times.class,
            description = "Pause before a module that could not be linked is tried again.")
    @Nullable
    Duration linkRetry;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Start with this cluster property. May be given several times.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--admin-user", paramLabel = "NAME", description = "The Admin API asks for this user.")
    @Nullable
    String adminUser;

    @Option(
            names = "--admin-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password of that user.")
    @Nullable
    Path adminPasswordFile;

    @Option(
            names = "--alias-lag-metric",
            description = "Also print the lag under its documented name, redpanda_transform_processor_lag.")
    boolean aliasLagMetric;

    @Option(names = "--abi-3", description = "Take modules that import check_abi_version_3 (unverified).")
    boolean abi3;

    @Option(
            names = "--exit-with-parent",
            description = "Stop when stdin ends, so that no killed parent leaves it behind.")
    boolean exitWithParent;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    boolean help;

    /**
     * What the options ask for.
     *
     * @throws ParameterException when they make no sense
     * @throws IOException when the password cannot be read
     */
    SandboxOptions toSandbox() throws IOException {
        requirePort("--kafka-port", kafkaPort);
        requirePort("--admin-port", adminPort);
        if (forwardedKafkaPort != null) {
            requirePort("--forwarded-kafka-port", forwardedKafkaPort);
        }
        if (kafkaPort != 0 && kafkaPort == adminPort) {
            throw new ParameterException(spec.commandLine(), "--kafka-port and --admin-port are both " + kafkaPort);
        }
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (commitInterval != null) {
            all.put("data_transforms_commit_interval_ms", Long.toString(commitInterval.toMillis()));
        }
        return new SandboxOptions(
                Optional.ofNullable(data),
                kafkaPort,
                forwardedKafkaPort == null ? OptionalInt.empty() : OptionalInt.of(forwardedKafkaPort),
                new AdminOptions(adminPort, user(), aliasLagMetric),
                all,
                timings(),
                abi3);
    }

    private void requirePort(String option, int port) {
        if (port < 0 || port > LAST_PORT) {
            throw new ParameterException(spec.commandLine(), option + " is " + port + ", not a port (0 to 65535)");
        }
    }

    private Optional<AdminOptions.User> user() throws IOException {
        if (adminUser == null && adminPasswordFile == null) {
            return Optional.empty();
        }
        if (adminUser == null || adminPasswordFile == null) {
            throw new ParameterException(
                    spec.commandLine(), "--admin-user and --admin-password-file are given together or not at all");
        }
        String password =
                Files.readString(adminPasswordFile).lines().findFirst().orElse("");
        return Optional.of(new AdminOptions.User(adminUser, password));
    }

    private Timings timings() {
        Timings otherwise = Timings.redpanda();
        return new Timings(
                firstBackoff == null ? otherwise.firstBackoff() : firstBackoff,
                longestBackoff == null ? otherwise.longestBackoff() : longestBackoff,
                otherwise.recovery(),
                linkRetry == null ? otherwise.linkRetry() : linkRetry,
                otherwise.discovery(),
                otherwise.idle());
    }

    /** Reads 500ms, 3s or 2m; a bare number counts milliseconds. */
    static final class Times implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m)?");

        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is no time, for example 500ms, 3s or 2m");
            }
            long number = Long.parseLong(matcher.group(1));
            String unit = matcher.group(2);
            return switch (unit == null ? "ms" : unit) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofMillis(number);
            };
        }
    }
}
