package lvc.core.recreate;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.core.event.Event;
import lvc.core.fake.SimulatedCluster;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fault.Fault;
import lvc.core.journal.Fencing;
import lvc.core.journal.Outcome;
import lvc.core.report.RecreatePlan;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a person reads of a run: its plan, its steps while they happen, and its lines in the journal. */
class TellingTest {

    @Test
    void ofApproachB() {
        Bench bench = written(Approach.B);
        bench.world.groups.add("primary", "g", 0, 1);
        assertThat(plan(bench)).isEqualTo("""
                        keep writers away from primary
                        wait until all of primary is copied to secondary
                        prove that both hold the same values
                        delete transform lvc-first
                        delete topic primary
                        create topic primary as it was
                        delete the offsets of g on primary
                        deploy reverse from secondary to primary, holding, with the fence open for that moment
                        append to secondary what writers wrote in that moment
                        let reverse copy, wait until all of secondary is in primary, delete reverse
                        prove that both hold the same values and that nothing came from elsewhere
                        deploy forward again, from the newest record on
                        let writers write again
                        fence: nothing moves (500 ms)
                        forward gone: its output stands still (500 ms)
                        fence again: nothing moves (500 ms)
                        reverse: start, then first commit (1000 ms)
                        reverse gone: its output stands still (500 ms)
                        forward: start, then first commit (1000 ms)""");
        bench.run();
        assertThat(steps(bench)).isEqualTo("""
                        1/17 raise-fence
                        2/17 await-drained
                        3/17 compare
                        4/17 remove-transform
                        5/17 delete-hot
                        6/17 create-hot
                        7/17 forget-offsets
                        8/17 open-fence
                        9/17 deploy-holding
                        10/17 raise-fence
                        11/17 save-strays
                        12/17 deploy-reverse
                        13/17 await-restored
                        14/17 remove-transform
                        15/17 compare
                        16/17 deploy-forward
                        17/17 lower-fence""");
        assertThat(lines(bench)).isEqualTo("""
                        begun recreate: recreate primary of cache test from secondary, approach b
                        intended raise-fence: keep writers away from primary
                        happened fence-holds: nobody writes to primary and nothing moves in it
                        intended await-drained: wait until lvc-first has copied all of primary to secondary
                        happened drained: all of primary is in secondary: 1 offset
                        intended compare: compare primary and secondary
                        happened compared: 1 live key compared, 0 may differ, digest DIGEST
                        intended remove-transform: delete transform lvc-first
                        happened transform-gone: no broker runs lvc-first any more
                        intended delete-hot: delete topic primary
                        happened hot-deleted: topic primary is gone (id id2)
                        intended create-hot: create topic primary
                        happened hot-created: topic primary is there again (id id3)
                        intended forget-offsets: delete the offsets of g on primary
                        happened offsets-forgotten: no group remembers an offset of the old primary
                        intended open-fence: open the fence of primary for the deploy of reverse
                        happened fence-opened: producers may write to primary for a moment
                        intended deploy-holding: deploy lvc-RUN-1, holding, from secondary to primary
                        happened holding-deployed: lvc-RUN-1 is listed, and holds
                        intended raise-fence: keep writers away from primary
                        happened fence-holds: nobody writes to primary and nothing moves in it
                        intended save-strays: append to secondary what writers wrote to the new primary
                        happened strays-saved: 0 records of writers appended to secondary
                        intended deploy-reverse: let lvc-RUN-1 copy secondary to primary
                        happened reverse-deployed: lvc-RUN-1 runs on every partition
                        intended await-restored: wait until lvc-RUN-1 has copied all of secondary to primary
                        happened restored: all of secondary is in primary: 1 offset
                        intended remove-transform: delete transform lvc-RUN-1
                        happened transform-gone: no broker runs lvc-RUN-1 any more
                        intended compare: compare primary and secondary
                        happened compared: 1 live key compared, 0 may differ, digest DIGEST
                        intended deploy-forward: deploy lvc-RUN-2 from primary to secondary, starting at @T
                        happened forward-deployed: lvc-RUN-2 runs on every partition
                        intended lower-fence: let writers write to primary again
                        happened fence-lowered: writers may write to primary
                        ended done:""");
    }

    @Test
    void ofApproachA() {
        Bench bench = written(Approach.A);
        assertThat(plan(bench)).isEqualTo("""
                        prove that source has everything that destination has
                        delete transform lvc-first
                        delete topic destination
                        create topic destination as it was
                        deploy forward from source to destination, from the first record on
                        wait until all of source is copied
                        prove that both hold the same values
                        forward gone: its output stands still (500 ms)
                        forward: start, then first commit (1000 ms)""");
        bench.run();
        assertThat(steps(bench)).isEqualTo("""
                        1/7 compare
                        2/7 remove-transform
                        3/7 delete-hot
                        4/7 create-hot
                        5/7 deploy-forward
                        6/7 await-restored
                        7/7 compare""");
        assertThat(lines(bench)).isEqualTo("""
                        begun recreate: recreate destination of cache test from source, approach a
                        intended compare: compare source and destination
                        happened compared: 1 live key compared, 0 may differ, digest DIGEST
                        intended remove-transform: delete transform lvc-first
                        happened transform-gone: no broker runs lvc-first any more
                        intended delete-hot: delete topic destination
                        happened hot-deleted: topic destination is gone (id id2)
                        intended create-hot: create topic destination
                        happened hot-created: topic destination is there again (id id3)
                        happened offsets-forgotten: no group remembers an offset of the old destination
                        intended deploy-forward: deploy lvc-RUN-1 from source to destination, starting at +0
                        happened forward-deployed: lvc-RUN-1 runs on every partition
                        intended await-restored: wait until lvc-RUN-1 has copied all of source to destination
                        happened restored: all of source is in destination: 1 offset
                        intended compare: compare source and destination
                        happened compared: 1 live key compared, 0 may differ, digest DIGEST
                        ended done:""");
    }

    @Test
    void ofAPrimaryThatIsMissing() {
        Bench bench = written(Approach.B);
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.world.topics.somebodyDeletes("primary");
        bench.wishing(Fencing.NONE, true);
        assertThat(plan(bench)).isEqualTo("""
                        see that nobody writes to primary
                        create topic primary as it was
                        deploy reverse from secondary to primary, holding, with the fence open for that moment
                        append to secondary what writers wrote in that moment
                        let reverse copy, wait until all of secondary is in primary, delete reverse
                        prove that both hold the same values and that nothing came from elsewhere
                        deploy forward again, from the newest record on
                        fence: nothing moves (500 ms)
                        fence again: nothing moves (500 ms)
                        reverse: start, then first commit (1000 ms)
                        reverse gone: its output stands still (500 ms)
                        forward: start, then first commit (1000 ms)""");
        bench.run();
        assertThat(steps(bench)).isEqualTo("""
                        1/10 raise-fence
                        2/10 create-hot
                        3/10 deploy-holding
                        4/10 raise-fence
                        5/10 save-strays
                        6/10 deploy-reverse
                        7/10 await-restored
                        8/10 remove-transform
                        9/10 compare
                        10/10 deploy-forward""");
        assertThat(lines(bench)).isEqualTo("""
                        begun recreate: recreate primary of cache test from secondary, approach b
                        intended raise-fence: see that nobody writes to primary
                        happened fence-holds: nobody writes to primary and nothing moves in it
                        happened nothing-to-compare: there was no primary to compare
                        happened transform-gone: there was no transform to delete
                        happened hot-deleted: topic primary is gone (id )
                        intended create-hot: create topic primary
                        happened hot-created: topic primary is there again (id id3)
                        happened offsets-forgotten: no group remembers an offset of the old primary
                        happened fence-opened: producers may write to primary for a moment
                        intended deploy-holding: deploy lvc-RUN-1, holding, from secondary to primary
                        happened holding-deployed: lvc-RUN-1 is listed, and holds
                        intended raise-fence: see that nobody writes to primary
                        happened fence-holds: nobody writes to primary and nothing moves in it
                        intended save-strays: append to secondary what writers wrote to the new primary
                        happened strays-saved: 0 records of writers appended to secondary
                        intended deploy-reverse: let lvc-RUN-1 copy secondary to primary
                        happened reverse-deployed: lvc-RUN-1 runs on every partition
                        intended await-restored: wait until lvc-RUN-1 has copied all of secondary to primary
                        happened restored: all of secondary is in primary: 1 offset
                        intended remove-transform: delete transform lvc-RUN-1
                        happened transform-gone: no broker runs lvc-RUN-1 any more
                        intended compare: compare primary and secondary
                        happened compared: 1 live key compared, 0 may differ, digest DIGEST
                        intended deploy-forward: deploy lvc-RUN-2 from primary to secondary, starting at @T
                        happened forward-deployed: lvc-RUN-2 runs on every partition
                        happened fence-lowered: writers may write to primary
                        ended done:""");
    }

    @Test
    void ofWhatCameFromElsewhere() {
        Bench bench = written(Approach.B);
        SimulatedWriter writer = bench.writer("w2");
        bench.once(Outcome.ReverseDeployed.class, () -> {
            bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of(""));
            assertThat(writer.write("k/0", "newer")).isTrue();
            bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("primary"));
        });
        Fault fault = catchThrowableOfType(Fault.class, bench::run);
        assertThat(fault.what() + "\n" + fault.why() + "\n" + fault.next()).isEqualTo("""
                        recreate of 'test' stopped: primary was written to while it was restored
                        1 record came from elsewhere and got appended to secondary, so nothing is lost
                        find out who writes past the fence, then lvc recreate --resume: it makes primary once more""");
        assertThat(steps(bench)).isEqualTo("""
                        1/16 raise-fence
                        2/16 await-drained
                        3/16 compare
                        4/16 remove-transform
                        5/16 delete-hot
                        6/16 create-hot
                        7/16 open-fence
                        8/16 deploy-holding
                        9/16 raise-fence
                        10/16 save-strays
                        11/16 deploy-reverse
                        12/16 await-restored
                        13/16 remove-transform
                        14/16 compare
                        15/27 save-intruders""");
        assertThat(lines(bench)).isEqualTo("""
                        begun recreate: recreate primary of cache test from secondary, approach b
                        intended raise-fence: keep writers away from primary
                        happened fence-holds: nobody writes to primary and nothing moves in it
                        intended await-drained: wait until lvc-first has copied all of primary to secondary
                        happened drained: all of primary is in secondary: 1 offset
                        intended compare: compare primary and secondary
                        happened compared: 1 live key compared, 0 may differ, digest DIGEST
                        intended remove-transform: delete transform lvc-first
                        happened transform-gone: no broker runs lvc-first any more
                        intended delete-hot: delete topic primary
                        happened hot-deleted: topic primary is gone (id id2)
                        intended create-hot: create topic primary
                        happened hot-created: topic primary is there again (id id3)
                        happened offsets-forgotten: no group remembers an offset of the old primary
                        intended open-fence: open the fence of primary for the deploy of reverse
                        happened fence-opened: producers may write to primary for a moment
                        intended deploy-holding: deploy lvc-RUN-1, holding, from secondary to primary
                        happened holding-deployed: lvc-RUN-1 is listed, and holds
                        intended raise-fence: keep writers away from primary
                        happened fence-holds: nobody writes to primary and nothing moves in it
                        intended save-strays: append to secondary what writers wrote to the new primary
                        happened strays-saved: 0 records of writers appended to secondary
                        intended deploy-reverse: let lvc-RUN-1 copy secondary to primary
                        happened reverse-deployed: lvc-RUN-1 runs on every partition
                        intended await-restored: wait until lvc-RUN-1 has copied all of secondary to primary
                        happened restored: all of secondary is in primary: 1 offset
                        intended remove-transform: delete transform lvc-RUN-1
                        happened transform-gone: no broker runs lvc-RUN-1 any more
                        intended compare: compare primary and secondary
                        happened intruders-found: 1 record in primary came from elsewhere
                        intended save-intruders: append to secondary what came into primary from elsewhere
                        happened intruders-saved: 1 record from elsewhere appended to secondary""");
    }

    private static Bench written(Approach approach) {
        Bench bench = Bench.of(approach);
        assertThat(bench.writer("w").write("k/0", "v")).isTrue();
        bench.world.advance(4000);
        return bench;
    }

    private static String plan(Bench bench) {
        RecreatePlan plan = bench.plan();
        return String.join("\n", plan.steps()) + "\n"
                + plan.waits().stream()
                        .map(wait -> wait.what() + " (" + wait.least().toMillis() + " ms)")
                        .collect(Collectors.joining("\n"));
    }

    private static String steps(Bench bench) {
        return bench.events.stream()
                .flatMap(event -> event instanceof Event.StepBegan began
                        ? Stream.of(began.number() + "/" + began.of() + " " + began.step())
                        : Stream.empty())
                .collect(Collectors.joining("\n"));
    }

    private static String lines(Bench bench) {
        Chronicle chronicle = new Chronicle(bench.world.journal);
        String run = chronicle.runs().get(0).run();
        return chronicle.lines(run).stream()
                .map(line -> (line.kind() + " " + line.what() + ": " + line.text()).strip())
                .collect(Collectors.joining("\n"))
                .replace(run, "RUN")
                .replaceAll("digest [0-9a-f]{32}", "digest DIGEST")
                .replaceAll("@[0-9]{13}", "@T");
    }
}
