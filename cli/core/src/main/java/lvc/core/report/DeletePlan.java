package lvc.core.report;

import java.util.List;
import java.util.Optional;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicState;

/**
 * What delete-topics found and what it is going to do. The source of truth is never part of it.
 *
 * @param transforms the forward transforms that will be deleted
 * @param hot the hot topic, when it is there
 * @param records upper bound of the records in the hot topic
 */
public record DeletePlan(Cache cache, List<String> transforms, Optional<TopicState> hot, long records) {

    /** Whether running it would change anything. */
    public boolean changes() {
        return !transforms.isEmpty() || hot.isPresent();
    }
}
