package lvc.core.verify;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import lvc.core.fake.SimulatedTopics;
import lvc.core.fake.SimulatedWorld;
import lvc.core.fault.Fault;
import lvc.core.port.PartitionReader;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.topic.TopicSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a plan says about the size of a cache. */
class LiveKeysTest {
    private final SimulatedTopics topics = new SimulatedWorld(1, 1, 500).topics;

    @BeforeEach
    void write() {
        topics.somebodyCreates(new TopicSpec("t", 6, 1, new TreeMap<>()));
        for (int partition = 0; partition < 5; partition++) {
            for (int key = 0; key <= partition; key++) {
                topics.appends("t", partition, "k" + key, "old");
                topics.appends("t", partition, "k" + key, "new");
            }
        }
    }

    @Test
    void eachKeyOfEachPartitionCountsOnce() {
        assertThat(new LiveKeys(topics, topics).count("t")).isEqualTo(1 + 2 + 3 + 4 + 5);
    }

    @Test
    void aKeyThatWasDeletedDoesNotCount() {
        NewRecord tombstone =
                new NewRecord(1, "k0".getBytes(StandardCharsets.UTF_8), null, List.of(), 4, NewRecord.UNSET);
        topics.write("t", List.of(tombstone));
        assertThat(new LiveKeys(topics, topics).count("t")).isEqualTo(14);
    }

    @Test
    void aPartitionThatCannotBeReadIsAFault() {
        PartitionReader broken = new PartitionReader() {
            @Override
            public void read(String topic, int partition, long from, long until, Consumer<StoredRecord> each) {
                if (partition == 3) {
                    throw Fault.unreachable("not read", "no answer", "later");
                }
                topics.read(topic, partition, from, until, each);
            }

            @Override
            public boolean anyRecord(String topic, int partition, long from, long until) {
                return topics.anyRecord(topic, partition, from, until);
            }
        };
        assertThat(catchThrowableOfType(Fault.class, () -> new LiveKeys(topics, broken).count("t")))
                .hasMessageContaining("not read");
    }
}
