package lvc.cli.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lvc.cli.setting.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kubernetes cluster. The same flags mean the same thing in every command. */
final class KubeOptions {
    @Option(names = "--context", paramLabel = "NAME", description = "Context of the kubeconfig (kubernetes.context)")
    @Nullable
    String context;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long a wait may go on without progress (default: 30s)")
    @Nullable
    String timeout;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings file (default: ./config.properties)")
    @Nullable
    Path config;

    /** What was given, by the key of its setting. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (context != null) {
            flags.put(Setting.CONTEXT.key(), context);
        }
        if (timeout != null) {
            flags.put(Setting.TIMEOUT.key(), timeout);
        }
        return flags;
    }

    /** The settings file that was named. */
    Optional<Path> file() {
        return Optional.ofNullable(config);
    }
}
