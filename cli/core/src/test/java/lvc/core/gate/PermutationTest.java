package lvc.core.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import lvc.core.gate.Verdict.Open;
import lvc.core.metric.Scrape;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The order of rows, and rows that come twice, never open the gate earlier; contradicting ones neither. */
class PermutationTest {
    private static final int SAMPLES = 3;

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shuffled_and_repeated_rows_open_no_earlier(long seed) {
        // Given
        Random random = new Random(seed);
        World world = new World(1 + random.nextInt(4));
        world.fenced = random.nextBoolean();
        Target target = world.target();
        List<LagSample> samples = story(world, random);

        // When
        int plain = opensAt(target, samples);
        int shuffled = opensAt(
                target, samples.stream().map(s -> disordered(s, random, false)).toList());
        int contradicted = opensAt(
                target, samples.stream().map(s -> disordered(s, random, true)).toList());

        // Then
        assertThat(plain).as("seed %d opens in the end", seed).isLessThan(samples.size());
        assertThat(shuffled).as("seed %d", seed).isEqualTo(plain);
        assertThat(contradicted).as("seed %d", seed).isGreaterThanOrEqualTo(plain);
    }

    /** A transform that catches up, with leaders that move and rows that stop, and in the end it has. */
    private static List<LagSample> story(World world, Random random) {
        List<LagSample> samples = new ArrayList<>();
        int partitions = world.input.size();
        for (int look = 0; look < 12; look++) {
            for (int p = 0; p < partitions; p++) {
                long offset = Math.min(99, look * (8L + random.nextInt(20)));
                world.committed(p, offset).shows(p + 1, world.fenced ? (double) (99 - offset) : 0, 1);
                Status status = random.nextInt(4) == 0 ? Status.INACTIVE : Status.RUNNING;
                world.row(p, p + 1, status, 0);
                if (status != Status.RUNNING) {
                    world.shows(p + 1, 0, 0);
                }
            }
            samples.add(world.look());
        }
        for (int p = 0; p < partitions; p++) {
            world.committed(p, 99).shows(p + 1, 0, 1).row(p, p + 1, Status.RUNNING, 0);
            world.output.put(p, new Ends(0, 100, 100));
        }
        for (int look = 0; look < SAMPLES; look++) {
            samples.add(world.look());
        }
        return samples;
    }

    private static int opensAt(Target target, List<LagSample> samples) {
        LagGate gate = LagGate.closed(target, SAMPLES, Duration.ofHours(1));
        for (int look = 0; look < samples.size(); look++) {
            gate = gate.after(samples.get(look));
            if (gate.verdict() instanceof Open) {
                return look;
            }
        }
        return samples.size();
    }

    private static LagSample disordered(LagSample sample, Random random, boolean contradict) {
        List<TransformState> transforms = new ArrayList<>();
        for (TransformState t : ((Seen.It<List<TransformState>>) sample.transforms()).value()) {
            List<TransformState.Row> rows = mixed(t.rows(), random);
            if (contradict && random.nextInt(3) == 0) {
                TransformState.Row row = rows.get(0);
                rows.add(new TransformState.Row(row.node(), row.partition(), Status.RUNNING, row.lag() + 1));
            }
            transforms.add(World.state(rows, "out"));
        }
        List<Committed> committed = mixed(((Seen.It<List<Committed>>) sample.committed()).value(), random);
        if (contradict && random.nextInt(3) == 0) {
            committed.add(new Committed(World.NAME, committed.get(0).partition(), 1_000));
        }
        List<Scrape> brokers = new ArrayList<>();
        for (Scrape scrape : mixed(sample.brokers(), random)) {
            Scrape.Answered answered = (Scrape.Answered) scrape;
            brokers.add(new Scrape.Answered(answered.node(), mixed(answered.series(), random)));
        }
        return new LagSample(
                sample.at(),
                new Seen.It<>(transforms),
                new Seen.It<>(committed),
                brokers,
                sample.input(),
                sample.output(),
                Map.of());
    }

    /** The same elements in any order, some of them several times. */
    private static <T> List<T> mixed(List<T> elements, Random random) {
        List<T> mixed = new ArrayList<>(elements);
        elements.stream().filter(each -> random.nextInt(3) == 0).forEach(mixed::add);
        Collections.shuffle(mixed, random);
        return mixed;
    }
}
