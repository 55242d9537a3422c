package lvc.cli.command;

import java.util.HashMap;
import java.util.Map;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.wiring.Wiring;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cache, and what it looks like. */
final class CacheOptions {
    @Option(
            names = "--cache",
            paramLabel = "NAME",
            defaultValue = CacheSetting.DEFAULT_CACHE,
            description = "Name of the cache (default: ${DEFAULT-VALUE})")
    String cache = CacheSetting.DEFAULT_CACHE;

    @Option(names = "--approach", paramLabel = "a|b", description = "a: source to destination; b: primary to secondary")
    @Nullable
    String approach;

    /** What was given, by the key of its setting. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (approach != null) {
            flags.put(CacheSetting.APPROACH.key(cache), approach);
        }
        return flags;
    }

    /** The settings of a command that takes nothing but a cache and a cluster. */
    Settings settings(ClusterOptions cluster, Wiring wiring) {
        Map<String, String> all = new HashMap<>(cluster.flags());
        all.putAll(flags());
        return wiring.settings(cache, all, cluster.file());
    }
}
