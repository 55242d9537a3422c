package lvc.core.recreate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.fake.SimulatedCluster;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Fencing;
import lvc.core.topic.Approach;
import lvc.core.topic.TopicSpec;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What recreate refuses to plan. Nothing is written anywhere when it does. */
class RefusalsTest {

    @Test
    void withoutTopicsThereIsNothingToRecreate() {
        for (Approach approach : Approach.values()) {
            Bench bench = new Bench(1, approach, 1, 1);
            refused(bench, Exit.REFUSED, "there is no topic " + approach.truthRole(), "either", "lvc create-topics");
        }
    }

    @Test
    void aMissingTruthIsADifferenceWhereTheHotTopicHasKeys() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            bench.world.topics.somebodyDeletes(bench.cache.truth().name());
            refused(bench, Exit.DIFFERS, "the truth is missing", "live keys", "lvc status");
        }
    }

    @Test
    void anEmptyTruthIsADifferenceWhereTheHotTopicHasKeys() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            bench.world.transforms.somebodyDeletes("lvc-first");
            bench.world.advance(2000);
            bench.world.topics.somebodyDeletes(bench.cache.truth().name());
            bench.world.topics.somebodyCreates(bench.cache.truth());
            refused(bench, Exit.DIFFERS, "the truth is empty", "has 1 live keys", "lvc status");
        }
    }

    @Test
    void aMissingPrimaryIsMadeOnlyFromTheBackupByName() {
        Bench bench = written(Approach.B);
        bench.world.topics.somebodyDeletes("primary");
        refused(bench, Exit.REFUSED, "primary is missing", "is lost", "--from-backup --confirm test");
    }

    @Test
    void partitionsMustBeAsMany() {
        Bench bench = new Bench(1, Approach.A, 2, 1);
        bench.world.topics.somebodyCreates(bench.cache.truth());
        bench.world.topics.somebodyCreates(
                new TopicSpec("destination", 3, 1, bench.cache.hot().settings()));
        refused(bench, Exit.REFUSED, "partition counts differ", "source has 2, destination has 3", "lvc status");
    }

    @Test
    void theHotTopicMustBeCompactedAndNothingElse() {
        Bench bench = written(Approach.B);
        bench.world.topics.alter("primary", Map.of("cleanup.policy", "compact,delete"));
        refused(bench, Exit.REFUSED, "cleanup.policy of primary is compact,delete", "expired keys", "change it");
    }

    @Test
    void theHotTopicMustKeepTheTimesOfItsWriters() {
        Bench bench = written(Approach.B);
        bench.world.topics.alter("primary", Map.of("message.timestamp.type", "LogAppendTime"));
        refused(bench, Exit.REFUSED, "message.timestamp.type of primary is LogAppendTime", "told from", "change it");
    }

    @Test
    void twoForwardTransformsAreOneTooMany() {
        Bench bench = written(Approach.B);
        bench.deployForward("lvc-second");
        refused(bench, Exit.REFUSED, "2 forward transforms", "lvc-first and lvc-second", "lvc transform delete");
    }

    @Test
    void aReverseThatNoJournalKnowsIsInTheWay() {
        Bench bench = written(Approach.B);
        bench.world.transforms.somebodyDeletes("lvc-first");
        deploy(bench, "stranger", "secondary", "primary");
        refused(bench, Exit.REFUSED, "stranger is in the way", "back to primary", "lvc transform delete stranger");
    }

    @Test
    void aTransformFromElsewhereIsInTheWay() {
        Bench bench = written(Approach.B);
        bench.world.topics.somebodyCreates(new TopicSpec("other", 1, 1, new TreeMap<>()));
        deploy(bench, "stranger", "other", "secondary");
        refused(bench, Exit.REFUSED, "stranger is in the way", "other to secondary", "lvc transform delete stranger");
    }

    @Test
    void whoOnlyReadsTheTruthIsNotInTheWay() {
        Bench bench = written(Approach.B);
        bench.world.topics.somebodyCreates(new TopicSpec("other", 1, 1, new TreeMap<>()));
        deploy(bench, "reader", "secondary", "other");
        assertThat(bench.plan().run().forward()).isPresent();
    }

    @Test
    void aModuleThatIsNotAtHandCannotBePutBack() {
        Bench bench = written(Approach.B);
        bench.world.transforms.somebodyDeletes("lvc-first");
        deploy(bench, "theirs", "primary", "secondary");
        refused(bench, Exit.REFUSED, "module of transform theirs is not at hand", "did not deploy it", "--module FILE");
    }

    @Test
    void theModuleThatIsGivenMustBeTheOneThatRuns() {
        Bench bench = written(Approach.B);
        giving(bench, Module.of(new byte[] {1, 2, 3}), Map.of());
        refused(bench, Exit.REFUSED, "runs another module", "the file given has", "--module FILE");
    }

    @Test
    void theVariablesMustBeGivenAgain() {
        Bench bench = written(Approach.B);
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.world.transforms.somebodyDeploys(new TransformSpec(
                "lvc-env",
                "primary",
                List.of("secondary"),
                Map.of(Module.MODULE_VARIABLE, Module.identity().sha256(), "SECRET", "x"),
                "none",
                Optional.of(StartFrom.BEGINNING)));
        refused(bench, Exit.REFUSED, "variables of transform lvc-env do not match", "it has SECRET", "missing: SECRET");
    }

    @Test
    void aTopicThatTheClusterKeepsCannotBeDeleted() {
        Bench bench = written(Approach.A);
        bench.world.cluster.somebodySets("kafka_nodelete_topics", Optional.of("_schemas,destination"));
        refused(
                bench,
                Exit.REFUSED,
                "destination cannot be deleted",
                "kafka_nodelete_topics",
                "take it from that list");
    }

    @Test
    void aClusterWithoutAFenceNeedsItsWritersStopped() {
        Bench bench = written(Approach.B);
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.empty());
        refused(bench, Exit.REFUSED, "no fence", "kafka_noproduce_topics", "--fence none --writers-stopped");
    }

    @Test
    void aFenceOfSomebodyElseIsLeftAlone() {
        Bench bench = written(Approach.B);
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("primary"));
        refused(bench, Exit.REFUSED, "fenced primary already", "no run that put it there", "find out who did");
    }

    @Test
    void liveReadersAreNotLeftWithOldOffsets() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            String hot = bench.cache.hot().name();
            bench.world.groups.add(hot, "app", 3, 1);
            refused(bench, Exit.REFUSED, hot + " is being read", "app (3)", "--allow-live-readers");
            bench.wishes =
                    new Wishes(Fencing.BROKER, false, false, false, true, Optional.empty(), Duration.ofMillis(500));
            assertThat(bench.plan().warnings()).anyMatch(warning -> warning.contains("skip"));
        }
    }

    @Test
    void flagsThatMakeNoSenseAreUsageErrors() {
        usage(Approach.A, wishes(Fencing.BROKER, false, true, false), "--from-backup");
        usage(Approach.A, wishes(Fencing.NONE, true, false, false), "--fence");
        usage(Approach.A, wishes(Fencing.BROKER, true, false, false), "--writers-stopped");
        usage(Approach.B, wishes(Fencing.BROKER, false, false, true), "--accept-loss");
        usage(Approach.B, wishes(Fencing.NONE, false, false, false), "--fence none");
    }

    @Test
    void aDeleteThatComesBackTooSoonIsWarnedAbout() {
        Bench bench = written(Approach.B);
        bench.world.topics.alter("primary", Map.of("delete.retention.ms", "1000"));
        assertThat(bench.plan().warnings()).anyMatch(warning -> warning.contains("delete.retention.ms of primary"));
    }

    private static Wishes wishes(Fencing fencing, boolean stopped, boolean fromBackup, boolean acceptLoss) {
        return new Wishes(fencing, stopped, fromBackup, acceptLoss, false, Optional.empty(), Duration.ofMillis(500));
    }

    private static void usage(Approach approach, Wishes wishes, String flag) {
        Bench bench = written(approach);
        bench.wishes = wishes;
        Fault fault = catchThrowableOfType(Fault.class, bench::plan);
        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).contains(flag);
    }

    private static void giving(Bench bench, Module module, Map<String, String> variables) {
        bench.wishes = new Wishes(
                Fencing.BROKER,
                false,
                false,
                false,
                false,
                Optional.of(new ForwardModule(module, variables)),
                Duration.ofMillis(500));
    }

    private static Bench written(Approach approach) {
        Bench bench = Bench.of(approach);
        bench.writer("w").write("k/0", "v");
        bench.world.advance(3000);
        return bench;
    }

    private static void deploy(Bench bench, String name, String input, String output) {
        bench.world.transforms.somebodyDeploys(
                new TransformSpec(name, input, List.of(output), Map.of(), "none", Optional.of(StartFrom.BEGINNING)));
    }

    private static void refused(Bench bench, Exit exit, String what, String why, String next) {
        Fault fault = catchThrowableOfType(Fault.class, bench::plan);
        assertThat(fault).isNotNull();
        assertThat(fault.exit()).isEqualTo(exit);
        assertThat(fault.what()).contains(what);
        assertThat(fault.why()).contains(why);
        assertThat(fault.next()).contains(next);
        assertThat(bench.world.journal.entries).isEmpty();
    }
}
