package lvc.acceptance.records;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.kafka.KafkaRecords;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.record.NewRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The last record that can be read: the gate takes what lies behind it for nothing to copy. */
class LastReadableIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ChildSandbox sandbox = ChildSandbox.shared();

    @Test
    void isTheLastOfTheRecords() {
        String topic = written();

        long last = new KafkaRecords(sandbox.connection(), TIMEOUT).lastReadable(topic, 0, 0, 3);

        assertThat(last).isEqualTo(2);
    }

    @Test
    void isNotAnEarlierOneWhereTheBrokerIsSlow() {
        String topic = written();
        Map<String, Object> slow = new HashMap<>(sandbox.connection());
        slow.put("fetch.min.bytes", 50_000_000);
        slow.put("fetch.max.wait.ms", 1_500);
        KafkaRecords records = new KafkaRecords(slow, Duration.ofSeconds(1));

        Fault fault = catchThrowableOfType(Fault.class, () -> records.lastReadable(topic, 0, 0, 3));

        assertThat(fault).as("nothing came, and that is no answer").isNotNull();
        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
    }

    private String written() {
        String topic = sandbox.topic(1, Map.of());
        NewRecord record = new NewRecord(
                1,
                "k".getBytes(StandardCharsets.UTF_8),
                "v".getBytes(StandardCharsets.UTF_8),
                List.of(),
                NewRecord.UNSET,
                NewRecord.UNSET);
        new KafkaRecords(sandbox.connection(), TIMEOUT).write(topic, List.of(record, record, record));
        return topic;
    }
}
