package lvc.core.topic;

import lvc.core.transform.TransformState;

/**
 * A last value cache: its name, its approach and the two topics.
 *
 * @param transform what the names of its transforms begin with; the rest is new for every deploy
 * @param truth the tiered topic, the one that is never deleted
 * @param hot the local topic, compacted hard
 */
public record Cache(String name, Approach approach, String transform, TopicSpec truth, TopicSpec hot) {

    /** The topic that the forward transform reads; writers write here. */
    public TopicSpec input() {
        return approach == Approach.A ? truth : hot;
    }

    /** The topic that the forward transform writes. */
    public TopicSpec output() {
        return approach == Approach.A ? hot : truth;
    }

    /** Whether a transform copies this cache's input to its output, and nowhere else. */
    public boolean isForward(TransformState transform) {
        return transform.reads(input().name()) && transform.writesOnly(output().name());
    }

    /** Whether a transform copies this cache's output back to its input. */
    public boolean isReverse(TransformState transform) {
        return transform.reads(output().name()) && transform.writesOnly(input().name());
    }
}
