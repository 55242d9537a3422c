package lvc.sandbox.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import lvc.sandbox.broker.Logs;

/** A broker with topics that have a number of partitions and an identity, and ten records in each partition. */
final class FakeLogs implements Logs {

    final Map<String, Integer> partitions = new HashMap<>();
    final Map<String, String> ids = new HashMap<>();

    @Override
    public Optional<Integer> partitions(String topic) {
        return Optional.ofNullable(partitions.get(topic));
    }

    @Override
    public Optional<String> topicId(String topic) {
        return Optional.ofNullable(ids.get(topic));
    }

    @Override
    public long earliest(String topic, int partition) {
        return 0;
    }

    @Override
    public long lastStable(String topic, int partition) {
        return 10;
    }

    @Override
    public long highWatermark(String topic, int partition) {
        return 10;
    }

    @Override
    public OptionalLong atOrAfter(String topic, int partition, long timestamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reader read(String topic, int partition, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long append(String topic, int partition, List<OutputRecord> records, String compression) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createInternal(String topic, int partitions, Map<String, String> settings) {
        throw new UnsupportedOperationException();
    }
}
