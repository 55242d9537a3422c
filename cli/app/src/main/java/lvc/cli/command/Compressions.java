package lvc.cli.command;

import java.util.List;
import lvc.cli.setting.Suggestion;
import lvc.core.fault.Fault;

/** The names of the compressions that Kafka knows. */
final class Compressions {
    private static final List<String> KNOWN = List.of("none", "gzip", "snappy", "lz4", "zstd");

    private Compressions() {}

    /** Makes sure that it is one of them. */
    static void demand(String name) {
        if (!KNOWN.contains(name)) {
            throw Fault.usage(
                    "there is no compression '" + name + "'",
                    "known are " + String.join(", ", KNOWN) + Suggestion.sentence(name, KNOWN),
                    "--compression zstd");
        }
    }
}
