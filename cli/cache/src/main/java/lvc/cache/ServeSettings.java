package lvc.cache;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lvc.cache.http.HttpSettings;
import lvc.cache.push.PodTargets;
import lvc.cache.push.PushFormat;
import lvc.cache.push.Target;
import lvc.core.fault.Fault;
import lvc.core.wait.Durations;

/**
 * What a cache that is served is told when it starts.
 *
 * @param topics empty where they come from elsewhere
 * @param quiet for how long a topic that was created anew must be quiet where no run of recreate vouches for it
 * @param images directory of the files for a warm start
 * @param changeBytes memory for the newest changes of each topic
 * @param account directory of the token and the certificate for the API server
 */
public record ServeSettings(
        HttpSettings http,
        List<String> topics,
        boolean writes,
        Duration quiet,
        Optional<Path> images,
        long changeBytes,
        List<Target> targets,
        Optional<PodTargets> pods,
        Path account) {
    private static final int MEBIBYTE = 1 << 20;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_MEBIBYTES = 64 << 10;
    private static final int MOST = 1_000_000;

    /** Copies the lists. */
    public ServeSettings {
        topics = List.copyOf(topics);
        targets = List.copyOf(targets);
    }

    /**
     * Reads them.
     *
     * @param value text of a setting; empty for none
     * @throws Fault USAGE that names the setting that is wrong
     */
    public static ServeSettings of(Function<ServeSetting, String> value) {
        Reader read = new Reader(value);
        return new ServeSettings(
                read.http(),
                read.list(ServeSetting.TOPICS),
                read.flag(ServeSetting.WRITES),
                Durations.parse(ServeSetting.QUIET.key(), value.apply(ServeSetting.QUIET)),
                read.text(ServeSetting.IMAGES).map(Path::of),
                (long) read.number(ServeSetting.CHANGES_MEMORY, 1, MOST_MEBIBYTES) * MEBIBYTE,
                read.targets(),
                read.pods(),
                Path.of(value.apply(ServeSetting.PUSH_SERVICE_ACCOUNT)));
    }

    /** What whoever runs it should think about before others find out; empty when there is nothing. */
    public Optional<String> warning() {
        boolean open = !http.onLoopback() && http.readToken().isEmpty();
        return open
                ? Optional.of("everybody who reaches " + http.host() + " can read all values: "
                        + ServeSetting.READ_TOKEN_FILE.key() + " is not set")
                : Optional.empty();
    }

    /** Reads one setting after the other. */
    private record Reader(Function<ServeSetting, String> value) {

        HttpSettings http() {
            if (text(ServeSetting.TLS_CERTIFICATE_FILE).isPresent()
                    != text(ServeSetting.TLS_KEY_FILE).isPresent()) {
                throw Fault.usage(
                        "TLS needs two files",
                        "only one of " + ServeSetting.TLS_CERTIFICATE_FILE.key() + " and "
                                + ServeSetting.TLS_KEY_FILE.key() + " is set",
                        "set both, or none");
            }
            Optional<Path> certificate = file(ServeSetting.TLS_CERTIFICATE_FILE);
            Optional<Path> key = file(ServeSetting.TLS_KEY_FILE);
            HttpSettings.Limits usual = HttpSettings.Limits.USUAL;
            return new HttpSettings(
                    value.apply(ServeSetting.HOST),
                    number(ServeSetting.PORT, 0, LAST_PORT),
                    token(ServeSetting.READ_TOKEN_FILE),
                    token(ServeSetting.WRITE_TOKEN_FILE),
                    certificate.map(file -> new HttpSettings.Tls(file, key.orElseThrow())),
                    text(ServeSetting.V1_TOPIC),
                    flag(ServeSetting.V1_OPEN),
                    new HttpSettings.Limits(
                            usual.header(),
                            usual.requestLine(),
                            usual.body(),
                            number(ServeSetting.CONNECTIONS, 1, MOST),
                            number(ServeSetting.STREAMS_PER_CLIENT, 1, MOST),
                            usual.requestHead(),
                            usual.idle(),
                            usual.stall(),
                            usual.patience()));
        }

        Optional<String> text(ServeSetting setting) {
            return Optional.of(value.apply(setting).strip()).filter(text -> !text.isEmpty());
        }

        List<String> list(ServeSetting setting) {
            return Arrays.stream(value.apply(setting).split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .toList();
        }

        boolean flag(ServeSetting setting) {
            String text = value.apply(setting);
            if (!text.equals("true") && !text.equals("false")) {
                throw wrong(setting, "is neither true nor false", "true or false");
            }
            return text.equals("true");
        }

        int number(ServeSetting setting, int least, int most) {
            try {
                int number = Integer.parseInt(value.apply(setting));
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw wrong(setting, "is no number", "a number from " + least + " to " + most)
                        .causedBy(e);
            }
            throw wrong(setting, "is out of range", "a number from " + least + " to " + most);
        }

        Optional<Path> file(ServeSetting setting) {
            Optional<Path> file = text(setting).map(Path::of);
            if (file.filter(path -> !Files.isRegularFile(path) || !Files.isReadable(path))
                    .isPresent()) {
                throw wrong(setting, "cannot be read", "a PEM file that this user can read");
            }
            return file;
        }

        Optional<String> token(ServeSetting setting) {
            return text(setting).map(file -> {
                try {
                    String token = Files.readString(Path.of(file)).strip();
                    if (token.isEmpty()) {
                        throw wrong(setting, "is an empty file", "a file with a token in it: openssl rand -hex 32");
                    }
                    return token;
                } catch (IOException e) {
                    throw wrong(setting, "cannot be read", "a file that this user can read")
                            .causedBy(e);
                }
            });
        }

        private PushFormat format() {
            return switch (value.apply(ServeSetting.PUSH_VERSION)) {
                case "1" -> PushFormat.KKV;
                case "2" -> PushFormat.VALUES;
                default -> throw wrong(ServeSetting.PUSH_VERSION, "is neither 1 nor 2", "1 or 2");
            };
        }

        List<Target> targets() {
            PushFormat format = format();
            return list(ServeSetting.PUSH_TARGETS).stream()
                    .map(address -> {
                        try {
                            return new Target(URI.create(address), format);
                        } catch (IllegalArgumentException e) {
                            throw wrong(
                                            ServeSetting.PUSH_TARGETS,
                                            "is no address: " + e.getMessage(),
                                            "http://host:port/path, separated by commas")
                                    .causedBy(e);
                        }
                    })
                    .toList();
        }

        Optional<PodTargets> pods() {
            return text(ServeSetting.PUSH_SERVICE).map(text -> {
                String[] parts = text.split("[/:]", -1);
                boolean port = parts.length == 3 && parts[2].matches("\\d{1,5}");
                if (!port || parts[0].isEmpty() || parts[1].isEmpty()) {
                    throw wrong(ServeSetting.PUSH_SERVICE, "is no Service", "NAMESPACE/NAME:PORT");
                }
                return new PodTargets(
                        parts[0], parts[1], Integer.parseInt(parts[2]), value.apply(ServeSetting.PUSH_PATH), format());
            });
        }

        private Fault wrong(ServeSetting setting, String why, String next) {
            return Fault.usage(
                    setting.key() + " is wrong", "'" + value.apply(setting) + "' " + why, "set it to " + next);
        }
    }
}
