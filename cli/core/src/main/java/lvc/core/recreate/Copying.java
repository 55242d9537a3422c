package lvc.core.recreate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lvc.core.cache.Sampler;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.gate.Copied;
import lvc.core.gate.GoneGate;
import lvc.core.gate.LagGate;
import lvc.core.gate.LagSample;
import lvc.core.gate.Target;
import lvc.core.gate.Verdict;
import lvc.core.journal.RunPlan;
import lvc.core.port.Topics;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/** Waits for transforms: until one has copied all it has to, and until one has stopped everywhere. */
final class Copying {
    /** Looks in a row that must show the same. */
    private static final int SAMPLES = 5;
    /** Brokers try every 30 s to make a processor (Redpanda source, transform/transform_manager.cc): two tries. */
    private static final Duration PATIENCE = Duration.ofSeconds(65);

    private final Sampler sampler;
    private final Topics topics;
    private final Wait wait;
    private final Consumer<Event> events;

    Copying(Sampler sampler, Topics topics, Wait wait, Consumer<Event> events) {
        this.sampler = sampler;
        this.topics = topics;
        this.wait = wait;
        this.events = events;
    }

    /** Waits until the everyday transform has copied the hot topic, to which nobody writes; how many offsets. */
    long awaitDrained(RunPlan plan, String transform) {
        String hot = plan.hot().name();
        return await(
                "all of " + hot + " is copied to " + plan.truth().name(),
                target(transform, hot, plan.truth().name(), topics.ends(hot), plan.fenced(), Map.of()));
    }

    /** Waits until the everyday transform has copied the hot topic of a cache, which is fenced. */
    void awaitDrained(Cache cache, String transform) {
        String hot = cache.hot().name();
        String truth = cache.truth().name();
        long unused = await(
                "all of " + hot + " is copied to " + truth,
                target(transform, hot, truth, topics.ends(hot), true, Map.of()));
    }

    /** Waits until a transform with a fresh name has copied all of the truth; how many offsets. */
    long awaitRestored(Position position, String transform) {
        RunPlan plan = position.plan();
        String truth = plan.truth().name();
        String hot = plan.hot().name();
        Target target;
        if (position.state() instanceof Restoring.Reversing reversing) {
            target = target(
                    transform,
                    truth,
                    hot,
                    reversing.strays().truthEnds(),
                    false,
                    reversing.strays().hotEnds());
        } else {
            Map<Integer, Long> empty = new TreeMap<>();
            topics.ends(hot).keySet().forEach(partition -> empty.put(partition, 0L));
            target = target(transform, truth, hot, topics.ends(truth), false, empty);
        }
        return await("all of " + truth + " is copied to " + hot, target);
    }

    private Target target(
            String transform,
            String input,
            String output,
            Map<Integer, Ends> ends,
            boolean fenced,
            Map<Integer, Long> outputBefore) {
        Map<Integer, Double> failures = sampler.look(transform, input, output).failures(transform);
        return new Target(transform, input, output, ends, fenced, outputBefore, failures);
    }

    private long await(String what, Target target) {
        LagGate[] gate = {LagGate.closed(target, SAMPLES, PATIENCE)};
        wait.until(what, "lvc transform logs " + target.transform() + ", lvc transform list", () -> {
            LagSample sample = sampler.look(target.transform(), target.input(), target.output());
            gate[0] = gate[0].after(sample);
            Verdict verdict = gate[0].verdict();
            Copied copied = Copied.of(target, sample);
            events.accept(new Event.CopyProgressed(copied.done(), copied.total(), verdict));
            if (verdict instanceof Verdict.Fail fail) {
                throw Fault.failed(
                        "transform " + target.transform() + " does not copy",
                        fail.reason(),
                        "lvc transform logs " + target.transform());
            }
            return verdict instanceof Verdict.Wait waiting ? Look.waiting(waiting.reason()) : Look.done();
        });
        return target.ends().values().stream()
                .mapToLong(each -> each.lastStable() - each.earliest())
                .sum();
    }

    /** Waits until no broker runs a deleted transform any more and its output stands still. */
    void awaitGone(RunPlan plan, String transform, String output) {
        boolean written = topics.find(List.of(output)).containsKey(output);
        String watched = written ? output : plan.truth().name();
        GoneGate[] gate = {GoneGate.closed(transform, written ? plan.commitInterval() : Duration.ZERO)};
        wait.until("transform " + transform + " has stopped everywhere", "lvc transform list", () -> {
            gate[0] = gate[0].after(sampler.look(transform, plan.truth().name(), watched));
            return gate[0].verdict() instanceof Verdict.Wait waiting ? Look.waiting(waiting.reason()) : Look.done();
        });
    }
}
