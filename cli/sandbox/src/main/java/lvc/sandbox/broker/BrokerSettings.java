package lvc.sandbox.broker;

import java.util.Map;
import java.util.Properties;

/** The configuration of the embedded broker: one small node on 127.0.0.1 that is broker and controller at once. */
final class BrokerSettings {

    /** Number of the only node. */
    static final int NODE = 0;

    /** Listener for clients. */
    static final String CLIENTS = "PLAINTEXT";

    /** Listener for clients that come through a port that is not the broker's. */
    static final String FORWARDED = "FORWARDED";

    /** Listener of the controller, for the broker itself. */
    static final String CONTROLLER = "CONTROLLER";

    /** Where the classes that Apache Kafka creates by name find the {@link Rules}. */
    static final String RULES = "lvc.sandbox.rules";

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE)),
            Map.entry("controller.listener.names", CONTROLLER),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,FORWARDED:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.coordinator.rebalance.protocols", "classic"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            // After kill -9 the old session must expire before the same node may register again.
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "200"),
            // Small: the defaults are meant for machines of their own.
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("log.cleaner.threads", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)),
            Map.entry("log.cleaner.io.buffer.size", Integer.toString(512 << 10)),
            Map.entry("metric.reporters", ""),
            // Compaction within about two seconds where a topic asks for it.
            Map.entry("log.cleaner.backoff.ms", "100"),
            Map.entry("log.initial.task.delay.ms", "0"),
            // As often as Redpanda looks (log_compaction_interval_ms).
            Map.entry("log.retention.check.interval.ms", "10000"),
            Map.entry("log.segment.delete.delay.ms", "10000"),
            Map.entry("authorizer.class.name", WriteRules.class.getName()),
            Map.entry("create.topic.policy.class.name", TopicRules.AtCreation.class.getName()),
            Map.entry("alter.config.policy.class.name", TopicRules.AtChange.class.getName()));

    private BrokerSettings() {}

    /** What {@code KafkaConfig} is made of. */
    static Properties of(BrokerOptions options, KafkaNode.Sockets sockets, Rules rules) {
        Properties settings = new Properties();
        settings.putAll(FIXED);
        String listeners = at(CLIENTS, sockets.clientPort());
        String advertised = listeners;
        if (sockets.forwarded().isPresent()) {
            listeners += "," + at(FORWARDED, sockets.forwardedPort().orElseThrow());
            advertised += "," + at(FORWARDED, options.forwardedPort().orElseThrow());
        }
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + sockets.controllerPort());
        settings.put("listeners", listeners + "," + at(CONTROLLER, sockets.controllerPort()));
        settings.put("advertised.listeners", advertised);
        settings.put("log.dirs", options.directory().toAbsolutePath().toString());
        settings.put(RULES, rules);
        return settings;
    }

    private static String at(String listener, int port) {
        return listener + "://127.0.0.1:" + port;
    }
}
