package lvc.sandbox.broker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the committed offsets of consumer groups when a topic is deleted, as Redpanda does. Apache Kafka's coordinator
 * deletes them when the metadata that it is told about contains the deletion; it is told about everything else.
 */
final class KeptOffsets {

    private KeptOffsets() {}

    /** A coordinator that does not hear of deleted topics and otherwise is the given one. */
    static GroupCoordinator around(GroupCoordinator coordinator) {
        return (GroupCoordinator) Proxy.newProxyInstance(
                GroupCoordinator.class.getClassLoader(),
                new Class<?>[] {GroupCoordinator.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(coordinator, withoutDeletions(arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    private static Object @Nullable [] withoutDeletions(Object @Nullable [] arguments) {
        if (arguments != null
                && arguments.length == 2
                && arguments[0] instanceof MetadataDelta delta
                && arguments[1] instanceof MetadataImage
                && delta.topicsDelta() != null
                && !delta.topicsDelta().deletedTopicIds().isEmpty()) {
            MetadataDelta silent =
                    new MetadataDelta.Builder().setImage(delta.image()).build();
            return new Object[] {silent, arguments[1]};
        }
        return arguments;
    }
}
