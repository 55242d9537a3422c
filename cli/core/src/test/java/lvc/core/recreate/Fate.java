package lvc.core.recreate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lvc.core.fake.SimulatedCluster;
import lvc.core.fake.SimulatedWorld;
import lvc.core.fake.Trouble;
import lvc.core.fault.Fault;
import lvc.core.journal.Step;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;

/** What goes wrong in one story, as its seed has it. It calms down after a while. */
final class Fate implements Trouble {
    private static final Set<String> ORDERS =
            Set.of("set", "create", "delete", "deploy", "deleteTransform", "forget", "produce", "alter");

    private static final List<Deploy> UNCLEAR = List.of(Deploy.LOST, Deploy.UNANSWERED, Deploy.LATE);

    /** How often something goes wrong, out of 10,000 calls. */
    private final int often;

    private final Random random;
    private final Bench bench;
    private final SimulatedWorld world;
    private int left;
    private boolean troubled;

    Fate(Random random, Bench bench) {
        this.random = random;
        this.bench = bench;
        this.world = bench.world;
        this.often = new int[] {0, 20, 60, 200}[random.nextInt(4)];
        this.left = often == 0 ? 0 : 1 + random.nextInt(8);
    }

    /** Whether anything has gone wrong. */
    boolean everTroubled() {
        return troubled;
    }

    /** Nothing goes wrong any more. */
    void calm() {
        left = 0;
    }

    private boolean strikes(int weight) {
        if (left > 0 && random.nextInt(10_000) < often * weight) {
            left--;
            troubled = true;
            return true;
        }
        return false;
    }

    @Override
    public void before(String call) {
        boolean act = ORDERS.contains(call);
        if (strikes(act || call.equals("write") ? 12 : 1)) {
            strike(call, act);
        }
    }

    private void strike(String call, boolean act) {
        switch (random.nextInt(act ? 4 : 9)) {
            case 0, 1 -> crash("before " + call);
            case 2, 3 -> fault(call);
            case 4 -> {
                world.tell("the process sleeps");
                world.advance(random.nextInt(6000));
            }
            case 5 -> world.clockOffMs = random.nextInt(7_200_000) - 3_600_000L;
            case 6 -> moveOrCompact();
            case 7 -> takeFenceAway();
            default -> world.cluster.slowestMs = 1 + random.nextInt(1500);
        }
    }

    @Override
    public void after(String call) {
        if ((ORDERS.contains(call) || call.equals("write")) && strikes(12)) {
            if (random.nextBoolean()) {
                crash("after " + call);
            }
            fault("answer to " + call);
        }
    }

    @Override
    public boolean twice(String call) {
        return !call.equals("take") && strikes(8);
    }

    @Override
    public Deploy deploy() {
        return strikes(20) ? UNCLEAR.get(random.nextInt(UNCLEAR.size())) : Deploy.ANSWERED;
    }

    @Override
    public List<Scrape> scrape(List<Scrape> honest) {
        if (!strikes(2)) {
            return honest;
        }
        List<Scrape> bent = new ArrayList<>(honest);
        int which = random.nextInt(bent.size());
        if (bent.get(which) instanceof Scrape.Answered broker) {
            bent.set(
                    which,
                    switch (random.nextInt(3)) {
                        case 0 -> new Scrape.Silent(Integer.toString(broker.node()), "cut off");
                        case 1 -> new Scrape.Answered(broker.node(), List.of());
                        default ->
                            new Scrape.Answered(
                                    broker.node(),
                                    broker.series().stream()
                                            .map(series -> series.name().endsWith("lag")
                                                    ? new Series(series.name(), series.labels(), 0)
                                                    : series)
                                            .toList());
                    });
        }
        return bent;
    }

    private void crash(String where) {
        world.tell("CRASH " + where);
        throw new Crash(where);
    }

    private void fault(String call) {
        world.tell("LOST " + call);
        throw Fault.unreachable(call + " failed", "connection lost", "later");
    }

    private void moveOrCompact() {
        String topic = random.nextBoolean()
                ? bench.cache.truth().name()
                : bench.cache.hot().name();
        if (world.topics.exists(topic)) {
            int partition = random.nextInt(world.topics.partitions(topic));
            if (random.nextBoolean()) {
                world.topics.compact(topic, partition);
            } else {
                world.topics.moveLeader(topic, partition);
            }
        }
    }

    /** Sometimes for good, sometimes it is put back. */
    private void takeFenceAway() {
        boolean asMade = !world.topics.exists(bench.cache.hot().name())
                || world.topics.partitions(bench.cache.hot().name())
                        == bench.cache.hot().partitions();
        if (world.cluster.fenced().contains(bench.cache.hot().name()) && asMade) {
            String all = String.join(",", world.cluster.fenced());
            world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of(""));
            if (random.nextBoolean()) {
                world.in(random.nextInt(1500), () -> {
                    if (stillNeeded()) {
                        world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of(all));
                    }
                });
            }
        }
    }

    /** Nobody would lower a fence that comes back when the run is over. */
    private boolean stillNeeded() {
        return History.of(world.journal.entries)
                .unfinished()
                .map(History.Run::position)
                .filter(position -> !position.begun(Step.LowerFence.class))
                .filter(position -> !(position.state() instanceof Leaving.Left))
                .filter(position -> !(position.state() instanceof Rebuilding.Finished))
                .isPresent();
    }
}
