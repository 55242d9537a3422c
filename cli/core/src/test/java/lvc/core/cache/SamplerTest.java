package lvc.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.core.fake.FakePause;
import lvc.core.fake.FakeTopics;
import lvc.core.fake.FakeTransforms;
import lvc.core.fault.Fault;
import lvc.core.gate.LagSample;
import lvc.core.gate.Seen;
import lvc.core.gate.Verdict;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;
import lvc.core.port.Cluster;
import lvc.core.port.Records;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.report.ClusterOverview;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SamplerTest {
    private final FakeTopics topics = new FakeTopics();
    private final FakeTransforms transforms = new FakeTransforms(1);
    private final List<Scrape> scrapes = new ArrayList<>();
    private final Tail tail = new Tail();
    private List<Integer> brokers = List.of(1);

    private final FakePause pause = new FakePause();
    private final Sampler sampler = new Sampler(new Known(), topics, transforms, () -> scrapes, tail, pause);

    @BeforeEach
    void everythingIsCopied() {
        topics.add("in", 1, Map.of());
        topics.add("out", 1, Map.of());
        topics.ends.put("in", Map.of(0, new Ends(0, 10, 10)));
        topics.ends.put("out", Map.of(0, new Ends(0, 10, 10)));
        transforms.add("t", "in", "out");
        transforms.committed.add(new Committed("t", 0, 9));
        scrapes.add(new Scrape.Answered(
                1,
                List.of(
                        new Series("redpanda_transform_lag", Map.of("function_name", "t", "output_topic", "out"), 0),
                        new Series("redpanda_transform_failures", Map.of("function_name", "t"), 4),
                        new Series("redpanda_transform_state", Map.of("function_name", "t", "state", "running"), 1))));
    }

    @Test
    void a_snapshot_of_a_transform_that_has_copied_all_is_open_whatever_failed_before() {
        assertThat(snapshot()).isEqualTo(new Verdict.Open());
    }

    @Test
    void a_broker_that_nobody_could_ask_is_silent() {
        brokers = List.of(1, 2);

        assertThat(snapshot())
                .isEqualTo(new Verdict.Wait("broker 2 did not show its metrics: none of the addresses of the Admin API"
                        + " that are given is its own"));
    }

    @Test
    void without_a_list_of_brokers_nobody_knows_whether_all_answered() {
        brokers = List.of();

        assertThat(snapshot()).isInstanceOf(Verdict.Wait.class);
        assertThat(sampler.look("t", "in", "out").brokers())
                .contains(new Scrape.Silent("of unknown number", "brokers not listed, status 500"));
    }

    @Test
    void only_a_tail_that_was_not_reached_is_read() {
        sampler.look("t", "in", "out");
        assertThat(tail.asked).isEmpty();
        transforms.committed.set(0, new Committed("t", 0, 6));
        tail.last = 6;

        LagSample sample = sampler.look("t", "in", "out");

        assertThat(tail.asked).containsExactly("in 0 0-10");
        assertThat(sample.lastReadable()).containsExactly(Map.entry(0, 6L));
        assertThat(snapshot()).isEqualTo(new Verdict.Open());
        assertThat(tail.asked).as("read once for all looks of a few seconds").hasSize(1);
        tail.last = 7;
        pause.pause(Duration.ofSeconds(5));
        assertThat(snapshot()).isEqualTo(new Verdict.Wait("partition 0 at 7 of 10 (waiting: committed offset)"));
    }

    @Test
    void what_cannot_be_read_is_unknown() {
        topics.failing = true;

        assertThat(sampler.look("t", "in", "out").input()).isInstanceOf(Seen.Not.class);
        assertThat(snapshot()).isEqualTo(new Verdict.Wait("the ends of in could not be read: ends not read, cut off"));
    }

    private Verdict snapshot() {
        return sampler.snapshot(transforms.list().get(0), false);
    }

    private final class Known implements Cluster {
        @Override
        public ClusterOverview overview() {
            if (brokers.isEmpty()) {
                throw Fault.failed("brokers not listed", "status 500", "look");
            }
            return new ClusterOverview("id", "v", brokers, List.of());
        }

        @Override
        public Optional<String> setting(String name) {
            return Optional.empty();
        }

        @Override
        public long set(String name, List<String> values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<Integer, Long> configVersions() {
            throw new UnsupportedOperationException();
        }
    }

    /** Records of which only the last one that can be read is known. */
    private static final class Tail implements Records {
        final List<String> asked = new ArrayList<>();
        long last = LagSample.NOTHING;

        @Override
        public void write(String topic, List<NewRecord> records) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void read(String topic, Consumer<StoredRecord> each) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long lastReadable(String topic, int partition, long from, long until) {
            asked.add(topic + " " + partition + " " + from + "-" + until);
            return last;
        }
    }
}
