package lvc.cache.topic;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import lvc.cache.store.Offsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class InflowTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration ANSWER = Duration.ofMillis(1234);
    private static final int POLLS_OF_A_MINUTE = 600;

    private final MockConsumer<ByteBuffer, ByteBuffer> consumer = new MockConsumer<>("none");
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aProcessThatWasStoppedDoesNotTakeItsPauseForTheEnd() {
        Inflow inflow = inflow(1);
        nanos.addAndGet(10 * SECOND);

        for (int i = 0; i < 3; i++) {
            assertThat(pollsAndIsThere(inflow)).isFalse();
        }
        assertThat(inflow.reached()).isEqualTo(Offsets.NONE);
    }

    @Test
    void whatIsFarFromTheEndIsNotTakenForIt() {
        Inflow inflow = inflow(100);

        for (int i = 0; i < POLLS_OF_A_MINUTE; i++) {
            assertThat(pollsAndIsThere(inflow)).isFalse();
        }
        assertThat(inflow.reached()).isEqualTo(Offsets.NONE);
    }

    @Test
    void oneShortOfTheEndIsTheEndAfterAWhile() {
        Inflow inflow = inflow(2);
        consumer.addRecord(new ConsumerRecord<>("t", 0, 0, ByteBuffer.wrap("k".getBytes(UTF_8)), null));
        assertThat(pollsAndIsThere(inflow)).isFalse();

        int polls = 0;
        while (polls < POLLS_OF_A_MINUTE && !pollsAndIsThere(inflow)) {
            polls++;
        }

        assertThat(polls).isBetween(45, 60);
        assertThat(inflow.reached()).hasToString("0:1");
    }

    @Test
    void whoKnowsMoreThanThereIsIsPastTheEnd() {
        assertThat(inflow(10, Offsets.of(10)).isPastTheEnd()).isTrue();
        assertThat(inflow(10, Offsets.of(9)).isPastTheEnd()).isFalse();
        assertThat(inflow(0, Offsets.NONE).isPastTheEnd()).isFalse();
    }

    /** The same thread says how fresh the values are. */
    @Test
    void brokersAreNotWaitedForLongerThanWasSaid() {
        List<Duration> waits = new ArrayList<>();
        MockConsumer<ByteBuffer, ByteBuffer> asked = new MockConsumer<>("none") {
            @Override
            public synchronized Map<TopicPartition, Long> endOffsets(
                    Collection<TopicPartition> partitions, Duration timeout) {
                waits.add(timeout);
                return Map.of(PARTITION, 1L);
            }
        };
        asked.updateBeginningOffsets(Map.of(PARTITION, 0L));

        new Inflow(asked, ANSWER, List.of(PARTITION), Offsets.NONE, nanos::get).captureEnds();

        assertThat(waits).containsExactly(ANSWER);
    }

    private boolean pollsAndIsThere(Inflow inflow) {
        consumer.schedulePollTask(() -> nanos.addAndGet(SECOND / 10));
        assertThat(inflow.poll().count()).isLessThan(2);
        assertThat(inflow.reached()).isNotNull();
        return inflow.caughtUp();
    }

    private Inflow inflow(long end) {
        return inflow(end, Offsets.NONE);
    }

    private Inflow inflow(long end, Offsets from) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
        Inflow inflow = new Inflow(consumer, ANSWER, List.of(PARTITION), from, nanos::get);
        inflow.captureEnds();
        return inflow;
    }
}
