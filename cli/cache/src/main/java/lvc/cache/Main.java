package lvc.cache;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lvc.adapter.file.SecretFile;
import lvc.adapter.kafka.ClientProperties;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaPartitions;
import lvc.cache.topic.Notice;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import lvc.core.wait.Durations;

/**
 * Serves last values where the cache is deployed alone. Settings come from a file with the keys of lvc's own settings file
 * ({@code brokers}, {@code admin}, {@code timeout}, {@code kafka.*}, {@code serve.*}), if one is named, and from the
 * environment, which wins: {@code LVC_SERVE_TOPICS} for {@code serve.topics}.
 */
public final class Main {
    private static final String KAFKA = "kafka.";
    private static final String USUAL_TIMEOUT = "30s";
    private static final int SECONDS_TO_CLOSE = 30;

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private Main(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * Serves until it is stopped.
     *
     * @param args the settings file, or nothing
     */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv(), System.out, System.err));
    }

    /** The same, and gives the exit code: 0 when it was stopped, else that of what went wrong. */
    static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Map<String, String> file = args.length == 0 ? Map.of() : read(Path.of(args[0]));
            return new Main(environment, file).serve(out);
        } catch (Fault fault) {
            err.println("error: " + fault.what());
            err.println("why:   " + fault.why());
            err.println("next:  " + fault.next());
            return fault.exit().code();
        }
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw Fault.usage("settings not read", "cannot read " + file, "name a file that is there")
                    .causedBy(e);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    private int serve(PrintStream out) {
        ServeSettings settings = ServeSettings.of(setting -> value(setting.key(), setting.fallback()));
        if (settings.topics().isEmpty()) {
            throw Fault.usage("nothing to serve", "serve.topics is not set", "LVC_SERVE_TOPICS=primary");
        }
        String brokers = value("brokers", "");
        if (brokers.isEmpty()) {
            throw Fault.usage("nothing to read from", "brokers is not set", "LVC_BROKERS=host:9092");
        }
        Map<String, Object> connection = ClientProperties.of(kafka(), SecretFile::read);
        connection.put("bootstrap.servers", brokers);
        Duration timeout = Durations.parse("timeout", value("timeout", USUAL_TIMEOUT));
        Thread main = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Serving serving = Serving.start(
                settings, settings.topics(), new Serving.Brokers(connection, timeout, identity(timeout)), environment);
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(main, ended), "stop"));
            settings.warning().ifPresent(warning -> out.println("warning: " + warning));
            out.println("serving " + String.join(", ", settings.topics()) + " at " + serving.address());
            while (true) {
                print(serving.next(), out);
            }
        } catch (Pause.Interrupted stopped) {
            return 0;
        } finally {
            serving.close();
            serving.rest().forEach(notice -> print(notice, out));
            ended.countDown();
        }
    }

    private static void print(Notice notice, PrintStream out) {
        out.println(notice.topic() + " " + notice.what() + ": " + notice.why());
    }

    /** Lets the process end only when all is closed. */
    private static void stop(Thread main, CountDownLatch ended) {
        main.interrupt();
        try {
            boolean unused = ended.await(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Function<String, String> identity(Duration timeout) {
        List<URI> admin = Arrays.stream(value("admin", "").split(","))
                .filter(address -> !address.isBlank())
                .map(address -> URI.create(address.strip()))
                .toList();
        if (admin.isEmpty()) {
            return topic -> "";
        }
        AdminApi api = new AdminApi(new AdminApi.Connection(admin, Optional.empty(), Optional.empty()), timeout);
        return new RedpandaPartitions(api)::identity;
    }

    private Map<String, String> kafka() {
        Map<String, String> settings = new HashMap<>();
        file.forEach((key, text) -> {
            if (key.startsWith(KAFKA)) {
                settings.put(key.substring(KAFKA.length()), text);
            }
        });
        return settings;
    }

    private String value(String key, String fallback) {
        String variable =
                "LVC_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(environment.get(variable)).orElse(file.getOrDefault(key, fallback));
    }
}
