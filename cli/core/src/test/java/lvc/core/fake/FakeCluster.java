package lvc.core.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.port.Cluster;
import lvc.core.report.ClusterOverview;

/** A cluster in memory: it has properties. */
public final class FakeCluster implements Cluster {
    public final Map<String, String> settings = new HashMap<>();

    private long version = 1;

    @Override
    public ClusterOverview overview() {
        return new ClusterOverview("fake", "v0", List.of(0), List.of());
    }

    @Override
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public long set(String name, List<String> values) {
        String before = settings.put(name, String.join(",", values));
        return String.join(",", values).equals(before) ? version : ++version;
    }

    @Override
    public Map<Integer, Long> configVersions() {
        return Map.of(0, version);
    }
}
