package lvc.sandbox.broker;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the few private fields of Apache Kafka that no public way leads to. They are not part of its interface: when
 * one is not there, or is not what this build expects, the sandbox says so at the start instead of failing later.
 */
final class KafkaInside {

    private KafkaInside() {}

    /** The value of a private field; {@code instance} is the class itself for a static one. */
    static <T> T get(Class<?> owner, String field, Object instance, Class<T> type) {
        try {
            return type.cast(find(owner, field).get(instance));
        } catch (IllegalAccessException | ClassCastException e) {
            throw unexpected(owner, field, e);
        }
    }

    /** Replaces the value of a private field, final or not. */
    static void set(Class<?> owner, String field, Object instance, Object value) {
        try {
            Field found = find(owner, field);
            found.set(instance, value);
            if (found.get(instance) != value) {
                throw unexpected(owner, field, null);
            }
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw unexpected(owner, field, e);
        }
    }

    private static Field find(Class<?> owner, String field) {
        try {
            Field found = owner.getDeclaredField(field);
            found.setAccessible(true);
            return found;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw unexpected(owner, field, e);
        }
    }

    private static IllegalStateException unexpected(Class<?> owner, String field, @Nullable Throwable cause) {
        return new IllegalStateException(
                "this sandbox is built for Apache Kafka 4.3.1, and the one on the class path differs: "
                        + owner.getName() + "." + field,
                cause);
    }
}
