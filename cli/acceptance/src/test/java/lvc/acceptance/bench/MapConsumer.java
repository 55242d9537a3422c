package lvc.acceptance.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program that reads a topic to its end into a HashMap: the cache that one writes in an afternoon. */
final class MapConsumer {
    private MapConsumer() {}

    /** How to start it in a process of its own, with the collector that lvc serve is started with. */
    static List<String> command(String brokers, String topic) {
        List<String> command = new ArrayList<>(BareConsumer.command(brokers, topic));
        command.set(command.indexOf("-XX:+UseParallelGC"), "-XX:+UseG1GC");
        command.set(command.indexOf(BareConsumer.class.getName()), MapConsumer.class.getName());
        return command;
    }

    /**
     * Reads.
     *
     * @param args brokers and a topic
     */
    public static void main(String[] args) {
        Map<String, byte[]> values = new HashMap<>();
        BareConsumer.read(
                args[0],
                args[1],
                records -> records.forEach(
                        record -> values.put(new String(record.key(), StandardCharsets.UTF_8), record.value())));
        System.out.println(values.size());
    }
}
