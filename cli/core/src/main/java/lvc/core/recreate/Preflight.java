package lvc.core.recreate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import lvc.core.fault.Fault;
import lvc.core.journal.Fencing;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicState;
import lvc.core.transform.Module;
import lvc.core.transform.TransformState;

/** What must hold before anything is planned. Each demand is a fault when it does not. */
final class Preflight {
    private final Cache cache;
    private final Wishes wishes;

    Preflight(Cache cache, Wishes wishes) {
        this.cache = cache;
        this.wishes = wishes;
        demandSense();
    }

    private void demandSense() {
        if (cache.approach() == Approach.A && wishes.fromBackup()) {
            throw usage("--from-backup", "with approach a the source is not a backup: it is what recreate always uses");
        }
        if (cache.approach() == Approach.A && (wishes.fencing() == Fencing.NONE || wishes.writersStopped())) {
            throw usage("--fence and --writers-stopped", "with approach a writers go on writing");
        }
        if (cache.approach() == Approach.B && wishes.acceptLoss()) {
            throw usage(
                    "--accept-loss",
                    "with approach b 'lvc verify --repair-backup' gives the secondary what it lacks, and nothing is lost");
        }
        if (cache.approach() == Approach.B && wishes.fencing() == Fencing.NONE && !wishes.writersStopped()) {
            throw usage(
                    "--fence none", "without a fence somebody must have stopped the writers: add --writers-stopped");
        }
    }

    private static Fault usage(String what, String why) {
        return Fault.usage(what + " cannot be used here", why, "lvc recreate --help");
    }

    /** @param hotKeys live keys of the hot topic, read only when they matter */
    void topics(Optional<TopicState> truth, Optional<TopicState> hot, LongSupplier hotKeys) {
        String truthName = cache.truth().name();
        String hotName = cache.hot().name();
        if (truth.isEmpty()) {
            if (hot.isPresent() && hotKeys.getAsLong() > 0) {
                throw Fault.differs(
                        title("the truth is missing"),
                        "there is no topic " + truthName + "; " + hotName
                                + " has live keys that nothing could give back",
                        "is " + truthName + " the right name? lvc status");
            }
            throw refused(
                    "there is no topic " + truthName,
                    hot.isPresent() ? hotName + " is there, and empty" : "there is no topic " + hotName + " either",
                    "lvc create-topics" + flags());
        }
        if (hot.isEmpty()) {
            if (cache.approach() == Approach.B && !wishes.fromBackup()) {
                throw refused(
                        hotName + " is missing",
                        "what writers wrote to it and forward had not copied is lost; " + truthName + " has the rest",
                        "lvc recreate" + flags() + " --from-backup --confirm " + cache.name());
            }
            return;
        }
        if (hot.get().partitions() != truth.get().partitions()) {
            throw refused(
                    "partition counts differ",
                    truthName + " has " + truth.get().partitions() + ", " + hotName + " has "
                            + hot.get().partitions() + "; a transform copies partition p to partition p",
                    "lvc status" + flags());
        }
        demand(hot.get(), "cleanup.policy", "compact", "expired keys would come back from " + truthName);
        demand(
                hot.get(),
                "message.timestamp.type",
                "CreateTime",
                "records of writers could not be told from those of a transform");
    }

    private void demand(TopicState hot, String setting, String wanted, String why) {
        String found = hot.settings().getOrDefault(setting, wanted);
        if (!found.equals(wanted)) {
            throw refused(
                    setting + " of " + hot.name() + " is " + found,
                    "it must be " + wanted + ": " + why,
                    "change it, or recreate this topic by hand");
        }
    }

    /** The everyday transform, when the others let it be recreated. */
    Optional<TransformState> transforms(List<TransformState> using) {
        List<TransformState> forward = using.stream().filter(cache::isForward).toList();
        if (forward.size() > 1) {
            throw refused(
                    "the cache has " + forward.size() + " forward transforms",
                    String.join(" and ", names(forward)) + " both copy "
                            + cache.input().name() + " to " + cache.output().name(),
                    "lvc transform delete one of them");
        }
        List<TransformState> others = using.stream()
                .filter(t -> !cache.isForward(t))
                .filter(t -> t.uses(cache.hot().name())
                        || t.outputs().contains(cache.truth().name()))
                .toList();
        if (!others.isEmpty()) {
            TransformState first = others.get(0);
            throw refused(
                    "transform " + first.name() + " is in the way",
                    cache.isReverse(first)
                            ? "it copies " + first.input() + " back to "
                                    + cache.hot().name() + ", and the journal knows of no run that deployed it"
                            : "it reads or writes a topic of this cache: " + first.input() + " to "
                                    + String.join(", ", first.outputs()),
                    "find out what it is there for, then lvc transform delete " + first.name());
        }
        forward.forEach(this::demandKnown);
        return forward.stream().findFirst();
    }

    /** What is deleted must be put back: lvc must have the module, and the values of the variables. */
    private void demandKnown(TransformState forward) {
        String wanted = wishes.forward().module().sha256();
        String found = forward.environment().getOrDefault(Module.MODULE_VARIABLE, "");
        if (wishes.module().isEmpty() && !found.equals(wanted)) {
            throw refused(
                    "the module of transform " + forward.name() + " is not at hand",
                    found.isEmpty()
                            ? "lvc did not deploy it, and a cluster does not give modules back"
                            : "it is not the built-in one (sha256 " + found
                                    + "), and a cluster does not give modules back",
                    "give it again: --module FILE");
        }
        if (!found.isEmpty() && !found.equals(wanted)) {
            throw refused(
                    "transform " + forward.name() + " runs another module",
                    "it was deployed with sha256 " + found + ", the file given has " + wanted,
                    "give the file it was deployed with: --module FILE");
        }
        Set<String> variables = new TreeSet<>(forward.environment().keySet());
        variables.remove(Module.MODULE_VARIABLE);
        Set<String> given = new TreeSet<>(wishes.forward().variables().keySet());
        if (!variables.equals(given)) {
            List<String> missing = new ArrayList<>(variables);
            missing.removeAll(given);
            throw refused(
                    "variables of transform " + forward.name() + " do not match",
                    "it has " + (variables.isEmpty() ? "none" : String.join(", ", variables)) + ", given were "
                            + (given.isEmpty() ? "none" : String.join(", ", given)),
                    "give all of them again in a file: --module-env-file FILE"
                            + (missing.isEmpty() ? "" : " (missing: " + String.join(", ", missing) + ")"));
        }
    }

    /**
     * What the cluster must allow.
     *
     * @param nodelete topics that cannot be deleted
     * @param property whether the cluster knows the fence at all
     */
    void cluster(Optional<String> nodelete, Optional<String> property, List<String> fenced) {
        String hot = cache.hot().name();
        if (List.of(nodelete.orElse("").split(",")).contains(hot)) {
            throw refused(
                    hot + " cannot be deleted",
                    "it is listed in the cluster property kafka_nodelete_topics",
                    "take it from that list, if it may go");
        }
        if (cache.approach() == Approach.A || wishes.fencing() == Fencing.NONE) {
            return;
        }
        if (property.isEmpty()) {
            throw refused(
                    "this cluster has no fence",
                    "it does not know the property " + Fence.PROPERTY,
                    "stop the writers, then --fence none --writers-stopped");
        }
        if (fenced.contains(hot)) {
            throw refused(
                    "somebody has fenced " + hot + " already",
                    "it is listed in " + Fence.PROPERTY + ", and the journal knows of no run that put it there",
                    "find out who did, take it from that list, then the same command again");
        }
    }

    private static List<String> names(List<TransformState> all) {
        return all.stream().map(TransformState::name).toList();
    }

    private Fault refused(String what, String why, String next) {
        return Fault.refused(title(what), why, next);
    }

    private String title(String what) {
        return "recreate of '" + cache.name() + "' refused: " + what;
    }

    private String flags() {
        return " --cache " + cache.name() + " --approach " + cache.approach().letter();
    }
}
