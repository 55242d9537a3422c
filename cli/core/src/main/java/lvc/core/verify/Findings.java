package lvc.core.verify;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import lvc.core.fold.Digest;
import lvc.core.fold.Latest;
import lvc.core.report.Verification;
import lvc.core.report.Verification.Difference;
import lvc.core.report.Verification.Newest;
import lvc.core.report.Verification.SplitKey;
import lvc.core.topic.Cache;

/** What was found in all partitions, put together. */
record Findings(Cache cache, List<Partition> compared, KeyPlaces inputPlaces, KeyPlaces outputPlaces) {

    /**
     * The report.
     *
     * @param cut what was compared with what, in a sentence
     * @param rounds how often was looked
     * @param most how many differing keys to list
     */
    Verification report(String cut, int rounds, int most) {
        String input = cache.input().name();
        String output = cache.output().name();
        long different = sum(Partition::different);
        return new Verification(
                cache.name(),
                cache.approach(),
                input,
                output,
                different == 0,
                sum(Partition::keys),
                different,
                digest(Partition::inputSum),
                digest(Partition::outputSum),
                cut,
                rounds,
                compared.stream().map(Partition::row).toList(),
                compared.stream()
                        .flatMap(partition -> partition.differing().map(key -> difference(partition.number(), key)))
                        .limit(most)
                        .toList(),
                inputPlaces.count() + outputPlaces.count(),
                Stream.concat(splits(input, inputPlaces), splits(output, outputPlaces))
                        .toList(),
                sum(Partition::excused),
                ends(Partition::inputEnd),
                ends(Partition::outputEnd),
                newest(Partition::inputNewest),
                newest(Partition::outputNewest));
    }

    private long sum(ToLongFunction<Partition> of) {
        return compared.stream().mapToLong(of).sum();
    }

    private String digest(Function<Partition, Digest> of) {
        return compared.stream().map(of).reduce(Digest.ZERO, Digest::plus).toString();
    }

    private Map<Integer, Long> ends(ToLongFunction<Partition> of) {
        Map<Integer, Long> ends = new TreeMap<>();
        compared.forEach(partition -> ends.put(partition.number(), of.applyAsLong(partition)));
        return ends;
    }

    private long newest(ToLongFunction<Partition> of) {
        return compared.stream().mapToLong(of).max().orElse(Verification.NONE);
    }

    private static Difference difference(int partition, OpenKeys.Key key) {
        return new Difference(partition, text(key.bytes), hex(key.bytes), newest(key.input), newest(key.output));
    }

    private static Optional<Newest> newest(Optional<Latest> latest) {
        return latest.map(each -> new Newest(each.value().map(Digest::toString), each.offset(), each.timestamp()));
    }

    private static Stream<SplitKey> splits(String topic, KeyPlaces places) {
        return places.some().stream()
                .map(place -> new SplitKey(topic, text(place.key()), hex(place.key()), place.partitions()));
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }
}
