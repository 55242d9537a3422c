package lvc.cli.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lvc.cache.ServeSetting;
import lvc.cache.ServeSettings;
import lvc.cache.Serving;
import lvc.cache.topic.Notice;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        description = "Serve the last values of topics over HTTP, and push what changes.",
        footer = {
            "  # The hot topic of a cache, at http://127.0.0.1:8080",
            "  lvc serve --approach b",
            "  # Any compacted topics, with values kept for a quick next start",
            "  lvc serve prices stock --images /var/lib/lvc",
            "  # One value, all of them, and what changes from now on",
            "  curl http://127.0.0.1:8080/v2/topics/primary/values/KEY",
            "  curl http://127.0.0.1:8080/v2/topics/primary/values",
            "  curl -N http://127.0.0.1:8080/v2/topics/primary/changes"
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..*",
            description = "Topics to serve (serve.topics; default: the hot topic of the cache)")
    List<String> topics = List.of();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: 127.0.0.1)")
    @Nullable
    String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 0 picks a free one (default: 8080)")
    @Nullable
    String port;

    @Option(names = "--writes", description = "Take values over HTTP as well")
    boolean writes;

    @Option(
            names = "--images",
            paramLabel = "DIRECTORY",
            description = "Keep the values in a file of each topic, for a quick next start")
    @Nullable
    String images;

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    ServeCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Settings settings = wiring.settings(cache.cache, flags(), cluster.file());
        ServeSettings serve = settings.serve();
        List<String> names =
                serve.topics().isEmpty() ? List.of(settings.cache().hot().name()) : serve.topics();
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            Serving serving = bench.serve(serve, names, wiring.environment().variables());
            try {
                serve.warning().ifPresent(warning -> view.accept(new Event.Warned(warning)));
                view.accept(new Event.ServingBegan(serving.address(), names));
                while (true) {
                    tell(serving.next(), view);
                }
            } finally {
                serving.close();
                serving.rest().forEach(notice -> tell(notice, view));
            }
        }
    }

    private static void tell(Notice notice, View view) {
        view.accept(new Event.ServedTopicTold(notice.topic(), notice.what(), notice.why()));
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>(cluster.flags());
        flags.putAll(cache.flags());
        put(flags, ServeSetting.TOPICS, topics.isEmpty() ? null : String.join(",", topics));
        put(flags, ServeSetting.HOST, host);
        put(flags, ServeSetting.PORT, port);
        put(flags, ServeSetting.WRITES, writes ? "true" : null);
        put(flags, ServeSetting.IMAGES, images);
        return flags;
    }

    private static void put(Map<String, String> flags, ServeSetting setting, @Nullable String text) {
        if (text != null) {
            flags.put(setting.key(), text);
        }
    }
}
