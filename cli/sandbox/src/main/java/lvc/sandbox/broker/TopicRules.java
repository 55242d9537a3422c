package lvc.sandbox.broker;

import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.server.policy.AlterConfigPolicy;
import org.apache.kafka.server.policy.CreateTopicPolicy;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** Refuses combinations of topic settings that Redpanda refuses, with INVALID_CONFIG and Redpanda's text. */
public final class TopicRules {

    private TopicRules() {}

    /** At creation, where all settings are in the request. */
    public static final class AtCreation implements CreateTopicPolicy {

        /** Created by Apache Kafka, by name. */
        public AtCreation() {}

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void validate(CreateTopicPolicy.RequestMetadata request) {
            refuse(request.configs());
        }

        @Override
        public void close() {}
    }

    /** When some settings of a topic change and the others stay. */
    public static final class AtChange implements AlterConfigPolicy {

        private @Nullable Rules rules;

        /** Created by Apache Kafka, by name. */
        public AtChange() {}

        @Override
        public void configure(Map<String, ?> settings) {
            rules = Rules.in(settings);
        }

        @Override
        public void validate(AlterConfigPolicy.RequestMetadata request) {
            if (request.resource().type() == ConfigResource.Type.TOPIC) {
                Map<String, String> all =
                        requireNonNull(rules).settings(request.resource().name());
                request.configs().forEach((name, value) -> {
                    if (value == null) {
                        all.remove(name);
                    } else {
                        all.put(name, value);
                    }
                });
                refuse(all);
            }
        }

        @Override
        public void close() {}
    }

    private static void refuse(Map<String, String> settings) {
        Rules.objection(settings).ifPresent(objection -> {
            throw new InvalidConfigurationException(objection);
        });
    }
}
