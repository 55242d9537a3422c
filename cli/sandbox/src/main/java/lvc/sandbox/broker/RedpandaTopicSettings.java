package lvc.sandbox.broker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.jspecify.annotations.Nullable;

/**
 * The topic properties that Redpanda has and Apache Kafka has not (Redpanda docs, topic properties). The broker takes
 * them at create and alter, checks their types, remembers and describes them; they change nothing in what it does.
 */
final class RedpandaTopicSettings {

    private static final ValidString STORAGE_MODE = ValidString.in("unset", "local", "tiered", "cloud");
    private static final ValidString SUBJECT_STRATEGY =
            ValidString.in("TopicNameStrategy", "RecordNameStrategy", "TopicRecordNameStrategy");

    private static final List<Setting> ALL = List.of(
            flag("redpanda.remote.read", false),
            flag("redpanda.remote.write", false),
            flag("redpanda.remote.delete", true),
            flag("redpanda.remote.recovery", false),
            text("redpanda.remote.readreplica", ""),
            flag("redpanda.remote.allowgaps", false),
            choice("redpanda.storage.mode", "unset", STORAGE_MODE),
            choice("redpanda.storage.mode.impl", "tiered_v1", ValidString.in("tiered_v1", "tiered_v2")),
            flag("redpanda.cloud_topic.enabled", false),
            flag("write.caching", false),
            number("flush.bytes", 262_144),
            number("retention.local.target.bytes", -1),
            number("retention.local.target.ms", 86_400_000),
            number("initial.retention.local.target.bytes", -1),
            number("initial.retention.local.target.ms", -1),
            text("redpanda.leaders.preference", "none"),
            text("redpanda.iceberg.mode", "disabled"),
            flag("redpanda.iceberg.delete", true),
            choice("redpanda.iceberg.invalid.record.action", "dlq_table", ValidString.in("drop", "dlq_table")),
            text("redpanda.iceberg.partition.spec", "(hour(redpanda.timestamp))"),
            number("redpanda.iceberg.target.lag.ms", 60_000),
            flag("redpanda.key.schema.id.validation", false),
            choice("redpanda.key.subject.name.strategy", "TopicNameStrategy", SUBJECT_STRATEGY),
            flag("redpanda.value.schema.id.validation", false),
            choice("redpanda.value.subject.name.strategy", "TopicNameStrategy", SUBJECT_STRATEGY),
            text("redpanda.virtual.cluster.id", ""));

    private record Setting(
            String name,
            ConfigDef.Type type,
            Object otherwise,
            @Nullable Validator allowed) {}

    private RedpandaTopicSettings() {}

    /**
     * Teaches them to Apache Kafka. Must run before the first broker of the process starts, and may run again.
     *
     * @throws IllegalStateException when this Apache Kafka cannot be taught
     */
    static synchronized void teach() {
        ConfigDef definitions = KafkaInside.get(LogConfig.class, "CONFIG", LogConfig.class, ConfigDef.class);
        for (Setting setting : ALL) {
            if (!definitions.names().contains(setting.name)) {
                definitions.define(
                        setting.name,
                        setting.type,
                        setting.otherwise,
                        setting.allowed,
                        Importance.MEDIUM,
                        "Redpanda's");
            }
        }
        if (!LogConfig.configNames().containsAll(defaults().keySet())) {
            throw new IllegalStateException("Apache Kafka does not take Redpanda's topic properties");
        }
    }

    /** Every property with the value it has when nobody set it. */
    static Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        ALL.forEach(setting -> defaults.put(setting.name, setting.otherwise.toString()));
        return defaults;
    }

    private static Setting flag(String name, boolean otherwise) {
        return new Setting(name, ConfigDef.Type.BOOLEAN, otherwise, null);
    }

    private static Setting number(String name, long otherwise) {
        return new Setting(name, ConfigDef.Type.LONG, otherwise, null);
    }

    private static Setting text(String name, String otherwise) {
        return new Setting(name, ConfigDef.Type.STRING, otherwise, null);
    }

    private static Setting choice(String name, String otherwise, Validator allowed) {
        return new Setting(name, ConfigDef.Type.STRING, otherwise, allowed);
    }
}
