package lvc.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.event.Event;
import lvc.core.fake.Caches;
import lvc.core.fake.FakePause;
import lvc.core.fake.FakeTopics;
import lvc.core.fake.FakeTransforms;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState.Status;
import lvc.core.wait.Wait;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DeployerTest {
    private final Cache cache = Caches.of(Approach.B, 2);
    private final FakeTopics topics = new FakeTopics();
    private final FakeTransforms transforms = new FakeTransforms(2);
    private final List<Event> events = new ArrayList<>();
    private int run;
    private final Deployer deployer = new Deployer(
            topics,
            transforms,
            new Wait(new FakePause(), Duration.ofSeconds(5), events::add),
            () -> "run" + ++run,
            events::add);

    @BeforeEach
    void topics() {
        topics.create(cache.input());
        topics.create(cache.output());
    }

    @Test
    void a_deploy_carries_the_digest_of_its_module_and_a_fresh_name() {
        deployer.deploy(cache, Module.identity(), StartFrom.BEGINNING);

        TransformSpec deployed = transforms.deployed.get(0);
        assertThat(deployed.name()).isEqualTo("lvc-run1");
        assertThat(deployed.input()).isEqualTo("primary");
        assertThat(deployed.outputs()).containsExactly("secondary");
        assertThat(deployed.start()).isEqualTo(Optional.of(StartFrom.BEGINNING));
        assertThat(deployed.environment())
                .containsEntry("LVC_MODULE", Module.identity().sha256());
    }

    @Test
    void it_is_not_deployed_before_it_runs_on_every_partition() {
        transforms.statuses.clear();
        transforms.statuses.addAll(List.of(Status.UNKNOWN, Status.INACTIVE, Status.RUNNING));

        deployer.deploy(cache, Module.identity(), StartFrom.BEGINNING);

        assertThat(events.stream().filter(Event.Waiting.class::isInstance)).hasSize(2);
        assertThat(events.get(events.size() - 1)).isInstanceOf(Event.TransformDeployed.class);
    }

    @Test
    void an_unclear_answer_is_cleared_away_and_repeated_under_another_name() {
        transforms.uncertain = 1;

        deployer.deploy(cache, Module.identity(), StartFrom.BEGINNING);

        assertThat(transforms.deleted).containsExactly("lvc-run1");
        assertThat(transforms.transforms).containsOnlyKeys("lvc-run2");
    }

    @Test
    void after_three_unclear_answers_it_stops_with_nothing_left_behind() {
        transforms.uncertain = 3;

        Fault fault =
                catchThrowableOfType(Fault.class, () -> deployer.deploy(cache, Module.identity(), StartFrom.BEGINNING));

        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(transforms.transforms).isEmpty();
    }

    @Test
    void a_module_that_fails_ends_the_wait_and_names_its_logs() {
        transforms.statuses.clear();
        transforms.statuses.addAll(List.of(Status.INACTIVE, Status.ERRORED));

        Fault fault =
                catchThrowableOfType(Fault.class, () -> deployer.deploy(cache, Module.identity(), StartFrom.BEGINNING));

        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.next()).contains("lvc transform logs lvc-run1");
    }

    @Test
    void a_name_that_is_replaced_is_not_believed_to_run_before_it_has_started_anew() {
        TransformSpec spec =
                new TransformSpec("t", "primary", List.of("secondary"), Map.of(), "none", Optional.empty());
        transforms.add("t", "primary", "secondary");
        transforms.statuses.clear();
        transforms.statuses.addAll(
                List.of(Status.RUNNING, Status.RUNNING, Status.RUNNING, Status.INACTIVE, Status.ERRORED));

        Fault fault = catchThrowableOfType(Fault.class, () -> deployer.deployOnce(spec, Module.identity()));

        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
    }

    @Test
    void a_delete_waits_until_the_list_lacks_it() {
        transforms.add("old", "primary", "secondary");
        transforms.lingering = 3;

        deployer.delete("old");

        assertThat(transforms.transforms).isEmpty();
        assertThat(events.stream().filter(Event.Waiting.class::isInstance)).hasSize(3);
        assertThat(events.get(events.size() - 1)).isEqualTo(new Event.TransformDeleted("old"));
    }
}
