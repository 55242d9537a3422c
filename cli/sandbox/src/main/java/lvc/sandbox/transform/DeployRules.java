package lvc.sandbox.transform;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lvc.sandbox.broker.Logs;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.transform.TransformControl.Deployment;
import lvc.sandbox.transform.TransformControl.Refused;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What the controller checks before it takes a transform, in its order. (Redpanda source, cluster/plugin_frontend.cc) */
final class DeployRules {

    private static final String BAD_ENVIRONMENT = "Invalid transform environment";
    private static final String BAD_CREATE = "Invalid create transform configuration";
    private static final String BAD_UPDATE = "Invalid update to transform, topic configuration cannot change";
    private static final String NO_TOPIC = "Topic does not exists";

    private static final int MOST_VARIABLES = 128;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 2048;
    private static final int LONGEST_NAME = 128;
    private static final int MOST_OUTPUTS = 8;
    private static final String RESERVED = "REDPANDA_";

    /** Written by the broker itself, whatever {@code kafka_noproduce_topics} says. */
    private static final Set<String> NEVER_AN_OUTPUT = Set.of("_redpanda.audit_log", "__consumer_offsets", "_schemas");

    private static final Set<String> INTERNAL = Set.of("__consumer_offsets", "__transaction_state");

    private final Logs logs;
    private final ClusterConfig config;

    DeployRules(Logs logs, ClusterConfig config) {
        this.logs = logs;
        this.config = config;
    }

    /**
     * @param existing the transform of this name; when there is one, nothing of what follows is looked at but that the
     *     topics are the same
     */
    void check(Deployment wanted, Optional<Transform> existing, Collection<Transform> all) throws Refused {
        checkEnvironment(wanted.environment());
        if (existing.isPresent()) {
            boolean same = existing.get().input().equals(wanted.input())
                    && existing.get().outputs().equals(wanted.outputs());
            require(same, BAD_UPDATE);
            return;
        }
        checkCount(all.size());
        require(isText(wanted.name(), LONGEST_NAME), BAD_CREATE);
        checkInput(wanted.input());
        List<String> outputs = wanted.outputs();
        boolean unique = new HashSet<>(outputs).size() == outputs.size();
        require(!outputs.isEmpty() && outputs.size() <= MOST_OUTPUTS && unique, BAD_CREATE);
        for (String output : outputs) {
            checkOutput(output, wanted.input(), all);
        }
    }

    /** The rules for variables, which hold for every kind of change. */
    void checkEnvironment(Map<String, String> environment) throws Refused {
        require(environment.size() <= MOST_VARIABLES, BAD_ENVIRONMENT);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String key = variable.getKey();
            require(isText(key, LONGEST_KEY) && isText(variable.getValue(), LONGEST_VALUE), BAD_ENVIRONMENT);
            require(key.indexOf('=') < 0 && !key.startsWith(RESERVED), BAD_ENVIRONMENT);
        }
    }

    private void checkCount(int deployed) throws Refused {
        long most = config.number("data_transforms_per_core_memory_reservation")
                / config.number("data_transforms_per_function_memory_limit");
        require(
                deployed < most,
                "The limit of transforms has been reached (" + most
                        + "), more memory must be configured via data_transforms_per_core_memory_reservation");
    }

    private void checkInput(String input) throws Refused {
        require(logs.partitions(input).isPresent(), NO_TOPIC);
        require(!INTERNAL.contains(input), BAD_CREATE);
    }

    private void checkOutput(String output, String input, Collection<Transform> all) throws Refused {
        boolean writable = !NEVER_AN_OUTPUT.contains(output)
                && !output.equals(TransformLog.TOPIC)
                && !config.list("kafka_noproduce_topics").contains(output);
        require(writable, BAD_CREATE);
        require(logs.partitions(output).isPresent(), NO_TOPIC);
        require(!INTERNAL.contains(output), BAD_CREATE);
        require(!leadsTo(output, input, all), BAD_CREATE);
    }

    /** Whether records written to one topic can come out at the other; paused transforms count. */
    private static boolean leadsTo(String from, String to, Collection<Transform> all) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String topic = open.remove();
            if (topic.equals(to)) {
                return true;
            }
            if (seen.add(topic)) {
                all.stream()
                        .filter(transform -> transform.input().equals(topic))
                        .forEach(transform -> open.addAll(transform.outputs()));
            }
        }
        return false;
    }

    /** Not empty, not too long in UTF-8, and nothing in it that cannot be printed. */
    private static boolean isText(String text, int mostBytes) {
        boolean encodable = UTF_8.newEncoder().canEncode(text);
        return !text.isEmpty()
                && encodable
                && text.getBytes(UTF_8).length <= mostBytes
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean holds, String message) throws Refused {
        if (!holds) {
            throw new Refused(400, message);
        }
    }
}
