package lvc.sandbox.broker;

import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** An Apache Kafka that was not expected is noticed at once. */
class KafkaInsideTest {

    /** Stands for a class of Apache Kafka. */
    static final class Other {
        private final String text;

        Other(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    @Test
    void a_field_that_is_not_there_names_the_class_and_the_version_that_was_expected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> KafkaInside.get(Other.class, "gone", new Other("before"), String.class))
                .withMessageContaining("4.3.1")
                .withMessageContaining("Other.gone");
    }

    @Test
    void a_field_of_another_type_is_not_taken_for_the_expected_one() {
        assertThatIllegalStateException()
                .isThrownBy(() -> KafkaInside.get(Other.class, "text", new Other("before"), Integer.class));
        assertThatIllegalStateException()
                .isThrownBy(() -> KafkaInside.set(Other.class, "text", new Other("before"), 1));
    }

    @Test
    void a_final_field_can_be_replaced() {
        // Given
        Other other = new Other("before");

        // When
        KafkaInside.set(Other.class, "text", other, "after");

        // Then
        assertThat(other.text()).isEqualTo("after");
    }

    @Test
    void apache_kafka_learns_every_redpanda_setting_once() {
        // When
        RedpandaTopicSettings.teach();
        RedpandaTopicSettings.teach();

        // Then
        assertThat(LogConfig.configNames())
                .containsAll(RedpandaTopicSettings.defaults().keySet())
                .doesNotHaveDuplicates();
    }
}
