package lvc.core.recreate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import lvc.core.journal.Entry;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.Test;

/**
 * Stories by seed. {@code -Dlvc.seeds=N} lives through the first N of each approach, {@code -Dlvc.seed=N} through that one
 * and prints it.
 */
class SeedsTest {
    private static final int SEEDS = Integer.getInteger("lvc.seeds", 100);
    private static final int FIRST = Integer.getInteger("lvc.seeds.from", 0);
    private static final int SHOWN = 3;

    @Test
    void noSeedLosesAValueOfApproachA() {
        live(Approach.A);
    }

    @Test
    void noSeedLosesAValueOfApproachB() {
        live(Approach.B);
    }

    private static void live(Approach approach) {
        Integer one = Integer.getInteger("lvc.seed");
        List<String> failures = new ArrayList<>();
        int failed = 0;
        TreeMap<Entry.Ending, Integer> endings = new TreeMap<>();
        for (int seed = one == null ? FIRST : one; seed < (one == null ? FIRST + SEEDS : one + 1); seed++) {
            SeededStory story = new SeededStory(seed, approach);
            try {
                story.live();
                story.bench.world.journal.entries.forEach(entry -> {
                    if (entry instanceof Entry.Ended ended) {
                        endings.merge(ended.ending(), 1, Integer::sum);
                    }
                });
            } catch (AssertionError | RuntimeException e) {
                failed++;
                failures.add("seed " + seed + ": " + e.getMessage());
                if (failures.size() <= SHOWN || one != null) {
                    failures.add(String.join("\n  ", story.bench.world.story));
                }
            }
        }
        if (System.getProperty("lvc.seeds") != null) {
            System.out.println(approach + ": " + endings + ", failed " + failed);
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("approach " + approach + ": " + failed + " seeds failed (-Dlvc.seed=N shows one)\n"
                    + String.join("\n", failures));
        }
    }
}
