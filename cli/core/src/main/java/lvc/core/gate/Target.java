package lvc.core.gate;

import java.util.Map;
import java.util.TreeMap;
import lvc.core.topic.Ends;

/**
 * What a transform has to reach, noted at one moment. Later writes do not move it.
 *
 * @param ends of the input, by partition; all below the last stable offset must have been copied
 * @param fenced whether nobody but transforms can write to the input, so that the lag must come to 0
 * @param outputBefore where the transform was deployed for this target, with a fresh name and from the first record on:
 *     high watermarks of the output before the deploy, by partition, and it must grow beyond them; else empty
 * @param failures how often it had failed when the target was noted, by node; see {@link LagSample#failures}
 */
public record Target(
        String transform,
        String input,
        String output,
        Map<Integer, Ends> ends,
        boolean fenced,
        Map<Integer, Long> outputBefore,
        Map<Integer, Double> failures) {
    public Target {
        ends = Map.copyOf(ends);
        outputBefore = Map.copyOf(outputBefore);
        failures = Map.copyOf(failures);
    }

    /** The partitions of the input in order. */
    Map<Integer, Ends> ordered() {
        return new TreeMap<>(ends);
    }
}
