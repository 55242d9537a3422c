package lvc.cli.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lvc.cli.setting.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster. The same flags mean the same thing in every command. */
final class ClusterOptions {
    @Option(names = "--brokers", paramLabel = "HOST:PORT,...", description = "Kafka brokers (brokers, LVC_BROKERS)")
    @Nullable
    String brokers;

    @Option(names = "--admin", paramLabel = "URL,...", description = "Admin API addresses (admin, LVC_ADMIN)")
    @Nullable
    String admin;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Brokers that lvc install put into Kubernetes (kubernetes.context)")
    @Nullable
    String context;

    @Option(names = "--sandbox", description = "Start a temporary sandbox for this command; it is gone at the end")
    boolean sandbox;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings file (default: ./config.properties)")
    @Nullable
    Path config;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long a wait may go on without progress (default: 30s)")
    @Nullable
    String timeout;

    /** What was given, by the key of its setting. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        put(flags, Setting.BROKERS, brokers);
        put(flags, Setting.ADMIN, admin);
        put(flags, Setting.CONTEXT, context);
        put(flags, Setting.TIMEOUT, timeout);
        return flags;
    }

    /** The settings file that was named. */
    Optional<Path> file() {
        return Optional.ofNullable(config);
    }

    private static void put(Map<String, String> flags, Setting setting, @Nullable String text) {
        if (text != null) {
            flags.put(setting.key(), text);
        }
    }
}
