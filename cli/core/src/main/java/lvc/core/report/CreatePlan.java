package lvc.core.report;

import java.util.List;
import java.util.Optional;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicChange;

/**
 * What create-topics found and what it is going to do.
 *
 * @param topics truth first, then hot
 * @param forward the name of the forward transform that is there already
 * @param forwardRuns whether it runs on every partition
 * @param alter whether settings that differ are to be changed
 */
public record CreatePlan(
        Cache cache, List<TopicChange> topics, Optional<String> forward, boolean forwardRuns, boolean alter) {

    /** Whether settings of topics that are there already would be changed. */
    public boolean changesExisting() {
        return alter && topics.stream().anyMatch(topic -> !topic.altered().isEmpty());
    }

    /** Whether a topic stands differently from what is wanted and will be left so. */
    public boolean leavesDrift() {
        return topics.stream().anyMatch(topic -> !topic.drift().isEmpty()) && !alter;
    }
}
