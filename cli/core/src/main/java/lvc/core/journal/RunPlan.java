package lvc.core.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;

/**
 * What a run of recreate saw before it began and what it means to do. The first line of a run in the journal: whoever
 * resumes it needs nothing else, neither a settings file nor a flag.
 *
 * @param run names the run and begins the names of its transforms
 * @param cluster identity of the cluster
 * @param cache its name
 * @param transform what the names of its transforms begin with
 * @param truth the topic that everything is rebuilt from; never deleted
 * @param hot the topic that is rebuilt, as it was
 * @param hotExists whether it was there; with approach B only a waiver goes on without it
 * @param forward the everyday transform, if there was one
 * @param groups consumer groups with offsets on the hot topic; they are forgotten, for they mean nothing in the new one
 * @param fencing how writers are kept away
 * @param module SHA-256 of the module that forward gets
 * @param compression of forward's output
 * @param variables names of the environment variables that forward gets besides lvc's own
 * @param commitInterval how often the cluster commits what transforms have processed
 * @param settle how long a fence must have held with nothing moving
 * @param heartbeat how often whoever is at work on the run writes to the journal, at least
 */
public record RunPlan(
        String run,
        String cluster,
        String cache,
        Approach approach,
        String transform,
        TopicSeen truth,
        TopicSeen hot,
        boolean hotExists,
        Optional<ForwardSeen> forward,
        List<String> groups,
        Fencing fencing,
        Waiver waiver,
        String module,
        String compression,
        List<String> variables,
        Duration commitInterval,
        Duration settle,
        Duration heartbeat) {
    public RunPlan {
        groups = List.copyOf(groups);
        variables = List.copyOf(variables);
    }

    /** The cache as the plan saw it. */
    public Cache asCache() {
        return new Cache(cache, approach, transform, truth.spec(), hot.spec());
    }

    /** Whether writers are kept away from the hot topic. */
    public boolean fenced() {
        return approach == Approach.B && fencing == Fencing.BROKER;
    }
}
