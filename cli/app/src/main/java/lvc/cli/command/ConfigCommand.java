package lvc.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.core.event.Event;
import lvc.core.event.Event.SettingsShown.Shown;
import lvc.core.fault.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "config",
        description = "Show every setting, its value and its origin.",
        footer = {
            "  # Which brokers, and why these",
            "  lvc config",
            "  # As a program reads it",
            "  lvc config --cache prices -o json"
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    ConfigCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Settings settings = cache.settings(cluster, wiring);
        List<Shown> shown = new ArrayList<>();
        settings.all().forEach((key, value) -> shown.add(new Shown(key, visible(key, value.text()), value.origin())));
        try (View view = output.open(wiring)) {
            view.accept(new Event.SettingsShown(shown));
        }
        return Exit.DONE.code();
    }

    /** A secret should stand in a file of its own; one that stands in the settings all the same is not shown. */
    private static String visible(String key, String value) {
        String small = key.toLowerCase(Locale.ROOT);
        boolean secret = key.startsWith(Setting.KAFKA_PREFIX)
                && !small.endsWith("-file")
                && (small.contains("password")
                        || small.contains("jaas")
                        || small.contains("secret")
                        || small.endsWith(".key"));
        return secret && !value.isEmpty() ? "***" : value;
    }
}
