package lvc.core.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The difference between a topic as it should be and as it is.
 *
 * @param drift settings that stand differently on the cluster; empty when the topic is missing or as wanted
 */
public record TopicChange(TopicSpec wanted, boolean missing, List<Drift> drift) {

    private static final String PARTITIONS = "partitions";

    /**
     * One setting that is not as wanted.
     *
     * @param found the value on the cluster; empty when the broker does not know the setting
     */
    public record Drift(String setting, String wanted, Optional<String> found) {

        /** Whether an alter can change it; the number of partitions stays as it is. */
        public boolean alterable() {
            return !setting.equals(PARTITIONS);
        }
    }

    /** Compares one topic with what was found of it. */
    public static TopicChange between(TopicSpec wanted, Optional<TopicState> found) {
        if (found.isEmpty()) {
            return new TopicChange(wanted, true, List.of());
        }
        List<Drift> drift = new ArrayList<>();
        if (found.get().partitions() != wanted.partitions()) {
            drift.add(new Drift(
                    PARTITIONS,
                    Integer.toString(wanted.partitions()),
                    Optional.of(Integer.toString(found.get().partitions()))));
        }
        wanted.settings().forEach((setting, value) -> {
            Optional<String> there = Optional.ofNullable(found.get().settings().get(setting));
            if (there.filter(value::equals).isEmpty()) {
                drift.add(new Drift(setting, value, there));
            }
        });
        return new TopicChange(wanted, false, List.copyOf(drift));
    }

    /** The settings that an alter would send; the number of partitions is not among them. */
    public Map<String, String> altered() {
        Map<String, String> altered = new TreeMap<>();
        drift.stream().filter(d -> !d.setting().equals(PARTITIONS)).forEach(d -> altered.put(d.setting(), d.wanted()));
        return altered;
    }
}
