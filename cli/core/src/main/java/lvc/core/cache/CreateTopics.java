package lvc.core.cache;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.report.CreatePlan;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicChange;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformState;

/** Makes the two topics and the forward transform of a cache exist. Running it again changes nothing. */
public final class CreateTopics {
    private final Topics topics;
    private final Transforms transforms;
    private final Deployer deployer;
    private final Consumer<Event> events;

    public CreateTopics(Topics topics, Transforms transforms, Deployer deployer, Consumer<Event> events) {
        this.topics = topics;
        this.transforms = transforms;
        this.deployer = deployer;
        this.events = events;
    }

    /**
     * Looks at what is there and says what is missing. Changes nothing.
     *
     * @param alter whether settings that differ are to be changed as well
     * @throws Fault REFUSED when the partition counts would differ or other transforms stand in the way; USAGE when the
     *     cluster would not create what is missing
     */
    public CreatePlan plan(Cache cache, boolean alter) {
        Map<String, TopicState> found =
                topics.find(List.of(cache.truth().name(), cache.hot().name()));
        List<TopicChange> changes = Stream.of(cache.truth(), cache.hot())
                .map(topic -> TopicChange.between(topic, Optional.ofNullable(found.get(topic.name()))))
                .toList();
        demandEqualPartitions(cache, found);
        List<TransformState> listed = transforms.list();
        List<TransformState> forward = listed.stream().filter(cache::isForward).toList();
        demandNoOther(cache, listed, forward);
        demandCreatable(
                cache,
                changes.stream()
                        .filter(TopicChange::missing)
                        .map(TopicChange::wanted)
                        .toList());
        return new CreatePlan(
                cache,
                changes,
                forward.stream().map(TransformState::name).findFirst(),
                forward.stream().allMatch(TransformState::runsEverywhere),
                alter);
    }

    /**
     * Does what the plan says.
     *
     * @param module what the forward transform runs
     */
    public void run(CreatePlan plan, Module module) {
        for (TopicChange change : plan.topics()) {
            if (change.missing()) {
                topics.create(change.wanted());
                events.accept(new Event.TopicCreated(change.wanted()));
            } else if (plan.alter() && !change.altered().isEmpty()) {
                topics.alter(change.wanted().name(), change.altered());
                events.accept(new Event.TopicAltered(change.wanted().name(), change.altered()));
            } else {
                events.accept(new Event.TopicKept(change.wanted().name(), change.drift()));
            }
        }
        if (plan.forward().isPresent()) {
            events.accept(new Event.TransformKept(plan.forward().get(), plan.forwardRuns()));
        } else {
            // From the first record on: what a missing transform has not copied is unknown, and copying twice is
            // harmless.
            deployer.deploy(plan.cache(), module, StartFrom.BEGINNING);
        }
    }

    /** Asked for both before either is created: half a cache is of no use. */
    private void demandCreatable(Cache cache, List<TopicSpec> missing) {
        Map<String, String> refused = missing.isEmpty() ? Map.of() : topics.refusals(missing);
        if (!refused.isEmpty()) {
            throw Fault.usage(
                    "topics of cache '" + cache.name()
                            + "' not created: the cluster does not take them as they are wanted",
                    missing.stream()
                            .filter(topic -> refused.containsKey(topic.name()))
                            .map(topic -> topic.name() + ": " + refused.get(topic.name()))
                            .collect(Collectors.joining("\n       ")),
                    "look at the cache." + cache.name()
                            + ".* lines of config.properties (lvc config shows what is used)");
        }
    }

    private static void demandEqualPartitions(Cache cache, Map<String, TopicState> found) {
        int truth = partitions(found, cache.truth().name()).orElse(cache.truth().partitions());
        int hot = partitions(found, cache.hot().name()).orElse(cache.hot().partitions());
        if (truth != hot) {
            throw Fault.refused(
                    "topics of cache '" + cache.name() + "' not created: their partition counts would differ",
                    cache.truth().name() + " has " + truth + ", " + cache.hot().name() + " has " + hot
                            + "; a transform copies partition p to partition p, so keys would lie where readers do not look",
                    "give both the same number, e.g. --partitions " + Math.max(truth, hot)
                            + ", or choose other topic names");
        }
    }

    private static OptionalInt partitions(Map<String, TopicState> found, String topic) {
        TopicState state = found.get(topic);
        return state == null
                ? OptionalInt.empty()
                : IntStream.of(state.partitions()).findFirst();
    }

    private static void demandNoOther(Cache cache, List<TransformState> listed, List<TransformState> forward) {
        if (forward.size() > 1) {
            throw Fault.refused(
                    "cache '" + cache.name() + "' has " + forward.size() + " forward transforms",
                    String.join(
                                    " and ",
                                    forward.stream().map(TransformState::name).toList()) + " both copy "
                            + cache.input().name() + " to " + cache.output().name(),
                    "look at both with 'lvc transform list', then 'lvc transform delete NAME' one of them");
        }
        listed.stream().filter(cache::isReverse).findFirst().ifPresent(reverse -> {
            throw Fault.refused(
                    "cache '" + cache.name() + "' is being restored",
                    "transform " + reverse.name() + " copies " + reverse.input() + " back to "
                            + cache.input().name() + "; Redpanda refuses a forward transform beside it",
                    "lvc status --cache " + cache.name());
        });
    }
}
