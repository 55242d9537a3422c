package lvc.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.event.Event;
import lvc.core.fake.Caches;
import lvc.core.fake.FakeCluster;
import lvc.core.fake.FakePause;
import lvc.core.fake.FakeTopics;
import lvc.core.fake.FakeTransforms;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.report.CreatePlan;
import lvc.core.report.DeletePlan;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicChange;
import lvc.core.topic.TopicChange.Drift;
import lvc.core.transform.Module;
import lvc.core.wait.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CreateTopicsTest {
    private final FakeTopics topics = new FakeTopics();
    private final FakeTransforms transforms = new FakeTransforms(1);
    private final FakeCluster cluster = new FakeCluster();
    private final List<Event> events = new ArrayList<>();
    private final Deployer deployer = new Deployer(
            topics,
            transforms,
            new Wait(new FakePause(), Duration.ofSeconds(5), events::add),
            () -> "run",
            events::add);
    private final CreateTopics create = new CreateTopics(topics, transforms, deployer, events::add);
    private final DeleteTopics delete = new DeleteTopics(topics, transforms, cluster, deployer, events::add);

    @ParameterizedTest
    @EnumSource
    void both_topics_and_a_forward_transform_come_to_be(Approach approach) {
        Cache cache = Caches.of(approach, 1);

        create.run(create.plan(cache, false), Module.identity());

        assertThat(topics.settings(approach.truthRole())).isEqualTo(Caches.TRUTH);
        assertThat(topics.settings(approach.hotRole())).isEqualTo(Caches.HOT);
        assertThat(transforms.list()).singleElement().satisfies(t -> {
            assertThat(t.input()).isEqualTo(approach.inputRole());
            assertThat(t.outputs()).containsExactly(approach.outputRole());
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_second_run_changes_nothing(Approach approach) {
        Cache cache = Caches.of(approach, 1);
        create.run(create.plan(cache, false), Module.identity());
        Map<String, ?> before = Map.copyOf(topics.topics);

        create.run(create.plan(cache, false), Module.identity());

        assertThat(topics.topics).isEqualTo(before);
        assertThat(transforms.deployed).hasSize(1);
    }

    @Test
    void drift_is_shown_and_left_alone_unless_asked() {
        Cache cache = Caches.of(Approach.A, 1);
        topics.create(cache.truth());
        topics.create(cache.hot().with(Map.of("segment.ms", "7")));

        CreatePlan plan = create.plan(cache, false);
        create.run(plan, Module.identity());

        assertThat(plan.topics().get(1).drift()).containsExactly(new Drift("segment.ms", "1000", Optional.of("7")));
        assertThat(topics.settings("destination")).containsEntry("segment.ms", "7");

        create.run(create.plan(cache, true), Module.identity());

        assertThat(topics.settings("destination")).containsEntry("segment.ms", "1000");
    }

    @Test
    void a_setting_the_broker_does_not_know_is_drift_without_a_value() {
        Cache cache = Caches.of(Approach.A, 1);
        topics.create(cache.truth());
        topics.add("destination", 1, Map.of("cleanup.policy", "compact"));

        assertThat(create.plan(cache, false).topics().get(1).drift())
                .containsExactly(new Drift("segment.ms", "1000", Optional.empty()));
    }

    @Test
    void unequal_partition_counts_are_refused_before_anything_is_created() {
        topics.add("primary", 3, Caches.HOT);

        Fault fault = catchThrowableOfType(Fault.class, () -> create.plan(Caches.of(Approach.B, 1), false));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("secondary has 1").contains("primary has 3");
        assertThat(topics.topics).containsOnlyKeys("primary");
    }

    @Test
    void what_the_cluster_would_not_take_is_said_before_anything_is_created() {
        Cache cache = Caches.of(Approach.A, 1);
        topics.unknown = "segment.ms";

        Fault fault = catchThrowableOfType(Fault.class, () -> create.plan(cache, false));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.why()).isEqualTo("destination: Unknown topic config name: segment.ms");
        assertThat(fault.next()).contains("cache." + cache.name() + ".*");
    }

    @Test
    void what_is_there_already_is_not_asked_for() {
        Cache cache = Caches.of(Approach.A, 1);
        topics.create(cache.truth());
        topics.create(cache.hot());
        topics.unknown = "segment.ms";

        assertThat(create.plan(cache, false).topics()).noneMatch(TopicChange::missing);
    }

    @Test
    void two_forward_transforms_are_refused() {
        transforms.add("one", "source", "destination");
        transforms.add("two", "source", "destination");

        Fault fault = catchThrowableOfType(Fault.class, () -> create.plan(Caches.of(Approach.A, 1), false));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("one and two");
    }

    @Test
    void a_transform_with_a_second_output_is_not_the_forward_one() {
        topics.add("source", 1, Caches.TRUTH);
        topics.add("destination", 1, Caches.HOT);
        transforms.add("fan", "source", "destination", "audit");

        assertThat(create.plan(Caches.of(Approach.A, 1), false).forward()).isEmpty();
    }

    @Test
    void a_restore_in_progress_is_refused() {
        transforms.add("reverse", "secondary", "primary");

        Fault fault = catchThrowableOfType(Fault.class, () -> create.plan(Caches.of(Approach.B, 1), false));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("reverse");
    }

    @ParameterizedTest
    @EnumSource
    void delete_topics_undoes_it_and_keeps_the_truth(Approach approach) {
        Cache cache = Caches.of(approach, 1);
        create.run(create.plan(cache, false), Module.identity());

        delete.run(delete.plan(cache));

        assertThat(topics.topics).containsOnlyKeys(approach.truthRole());
        assertThat(transforms.list()).isEmpty();
    }

    @Test
    void delete_topics_counts_what_is_in_the_hot_topic() {
        Cache cache = Caches.of(Approach.B, 1);
        create.run(create.plan(cache, false), Module.identity());
        topics.ends.put("primary", Map.of(0, new Ends(10, 30, 30)));

        DeletePlan plan = delete.plan(cache);

        assertThat(plan.records()).isEqualTo(20);
    }

    @Test
    void delete_topics_touches_nothing_when_the_cluster_protects_the_hot_topic() {
        Cache cache = Caches.of(Approach.B, 1);
        create.run(create.plan(cache, false), Module.identity());
        cluster.settings.put("kafka_nodelete_topics", "_schemas,primary");

        Fault fault = catchThrowableOfType(Fault.class, () -> delete.plan(cache));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("kafka_nodelete_topics");
        assertThat(transforms.list()).hasSize(1);
    }

    @Test
    void delete_topics_refuses_while_another_transform_uses_the_hot_topic() {
        Cache cache = Caches.of(Approach.B, 1);
        create.run(create.plan(cache, false), Module.identity());
        transforms.add("other", "primary", "elsewhere");

        Fault fault = catchThrowableOfType(Fault.class, () -> delete.plan(cache));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.next()).contains("lvc transform delete other");
    }
}
