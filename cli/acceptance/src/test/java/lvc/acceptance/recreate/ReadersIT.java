package lvc.acceptance.recreate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.core.topic.Approach;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Consumer groups: what they remember of the old hot topic means nothing in the new one. */
@Timeout(300)
class ReadersIT {
    private static final Ground GROUND = Ground.withShortWaits();

    @AfterEach
    void tidy() {
        GROUND.tidy();
    }

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    @Test
    void a_live_reader_is_named_and_refused_unless_somebody_allows_it() {
        Cache cache = GROUND.cache("read", Approach.B, 2);
        try (Writer writer = GROUND.writer(cache, "k", 100);
                KafkaConsumer<String, String> reader = reader("live-group")) {
            writer.fill();
            reader.subscribe(List.of(cache.hot()));
            readAll(reader, 100);

            Lvc.Result refused = GROUND.lvc().run(cache.flags("recreate"));
            assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
            assertThat(refused.err()).contains("live-group (1)").contains("--allow-live-readers");
            GROUND.assertAtWork(cache);

            Lvc.Result allowed = GROUND.lvc().run(cache.flags("recreate", "--allow-live-readers"));
            assertThat(allowed.exit()).as(allowed.err()).isZero();
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    @Test
    void groups_without_members_forget_the_hot_topic_and_nothing_else() throws Exception {
        Cache cache = GROUND.cache("left", Approach.B, 2);
        String other = GROUND.sandbox().topic(1, Map.of());
        try (Writer writer = GROUND.writer(cache, "k", 100)) {
            writer.fill();
            try (KafkaConsumer<String, String> reader = reader("left-group")) {
                reader.assign(List.of(
                        new TopicPartition(cache.hot(), 0),
                        new TopicPartition(cache.hot(), 1),
                        new TopicPartition(other, 0)));
                readAll(reader, 100);
                reader.commitSync();
            }
            assertThat(remembered("left-group")).containsExactlyInAnyOrder(cache.hot(), other);

            Lvc.Result done = GROUND.lvc().run(cache.flags("recreate", "-o", "json"));

            assertThat(done.exit()).as(done.err()).isZero();
            assertThat(done.out()).contains("left-group");
            assertThat(remembered("left-group")).containsExactly(other);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    private static KafkaConsumer<String, String> reader(String group) {
        Map<String, Object> settings = new HashMap<>(GROUND.connection());
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static void readAll(KafkaConsumer<String, String> reader, int least) {
        int read = 0;
        long deadline = System.nanoTime() + Ground.PATIENCE.toNanos();
        while (read < least) {
            read += reader.poll(Duration.ofMillis(100)).count();
            assertThat(System.nanoTime()).as("%s records read", read).isLessThan(deadline);
        }
    }

    private static Set<String> remembered(String group) throws Exception {
        try (Admin admin = Admin.create(GROUND.connection())) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().keySet().stream()
                    .map(TopicPartition::topic)
                    .collect(Collectors.toSet());
        }
    }
}
