package lvc.core.cache;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.port.Cluster;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.report.DeletePlan;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicState;
import lvc.core.transform.TransformState;

/** Undoes create-topics: forward transform and hot topic go, the source of truth stays. */
public final class DeleteTopics {
    private static final String PROTECTED = "kafka_nodelete_topics";

    private final Topics topics;
    private final Transforms transforms;
    private final Cluster cluster;
    private final Deployer deployer;
    private final Consumer<Event> events;

    public DeleteTopics(
            Topics topics, Transforms transforms, Cluster cluster, Deployer deployer, Consumer<Event> events) {
        this.topics = topics;
        this.transforms = transforms;
        this.cluster = cluster;
        this.deployer = deployer;
        this.events = events;
    }

    /**
     * Looks at what is there. Changes nothing.
     *
     * @throws Fault REFUSED when a transform that is not the forward one uses the hot topic, or the cluster protects it
     */
    public DeletePlan plan(Cache cache) {
        String hot = cache.hot().name();
        demandUnprotected(hot);
        List<TransformState> users =
                transforms.list().stream().filter(t -> t.uses(hot)).toList();
        users.stream().filter(user -> !cache.isForward(user)).findFirst().ifPresent(user -> {
            throw Fault.refused(
                    "topic " + hot + " not deleted: still in use",
                    "transform " + user.name() + " (" + user.input() + " to " + String.join(", ", user.outputs())
                            + ") is not the forward transform of cache '" + cache.name() + "'",
                    "if it may go: lvc transform delete " + user.name());
        });
        Optional<TopicState> found =
                Optional.ofNullable(topics.find(List.of(hot)).get(hot));
        long records = found.isEmpty()
                ? 0
                : topics.ends(hot).values().stream().mapToLong(Ends::span).sum();
        return new DeletePlan(cache, users.stream().map(TransformState::name).toList(), found, records);
    }

    /** A topic on this list is silently left out of a delete: asked too late, the transform would be gone already. */
    private void demandUnprotected(String topic) {
        if (List.of(cluster.setting(PROTECTED).orElse("").split(",")).contains(topic)) {
            throw Fault.refused(
                    "topic " + topic + " not deleted, and nothing else",
                    "it is listed in the cluster property " + PROTECTED,
                    "take it from that list first, if it may go");
        }
    }

    /** Does what the plan says, the transform first: a topic in use cannot be deleted. */
    public void run(DeletePlan plan) {
        for (String transform : plan.transforms()) {
            deployer.delete(transform);
        }
        plan.hot().ifPresent(hot -> {
            topics.delete(hot);
            events.accept(new Event.TopicDeleted(hot.name()));
        });
    }
}
