package lvc.sandbox.broker;

import java.util.Optional;

/** Who uses a topic: a topic that a transform reads or writes cannot be deleted. */
@FunctionalInterface
public interface TopicUse {

    /** A transform, paused or not, that names this topic as its input or output. */
    Optional<String> userOf(String topic);
}
