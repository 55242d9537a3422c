package lvc.sandbox.transform;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * The last processed input offset per transform, input partition and output, as far as it was committed. What is read
 * here is on disk. Rows of deleted transforms stay until they are collected.
 */
final class CommittedOffsets {

    /** "Nothing before offset 0 was processed": what comes before the first offset in Redpanda's arithmetic. */
    static final long BEFORE_ZERO = Long.MIN_VALUE;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicFile file;
    private volatile Map<Place, Long> offsets;

    /** @param transform id of the transform; {@code output} is an index into its outputs */
    record Place(long transform, int partition, int output) {}

    /** One row of the file. */
    private record Row(long transform, int partition, int output, long offset) {}

    /** Reads what an earlier process left in the directory. */
    CommittedOffsets(Path directory) {
        file = new AtomicFile(directory.resolve("offsets.json"));
        Map<Place, Long> kept = new HashMap<>();
        file.read().ifPresent(json -> {
            try {
                for (Row row : JSON.readValue(json, Row[].class)) {
                    kept.put(new Place(row.transform(), row.partition(), row.output()), row.offset());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        offsets = Map.copyOf(kept);
    }

    /** What was committed, in no order. */
    Map<Place, Long> all() {
        return offsets;
    }

    OptionalLong at(Place place) {
        Long offset = offsets.get(place);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    synchronized void putAll(Map<Place, Long> newer) {
        Map<Place, Long> next = new HashMap<>(offsets);
        next.putAll(newer);
        save(next);
    }

    /** Forgets the rows of transforms whose id is not known. */
    synchronized void keep(LongPredicate known) {
        Map<Place, Long> next = new HashMap<>(offsets);
        next.keySet().removeIf(place -> !known.test(place.transform()));
        save(next);
    }

    private void save(Map<Place, Long> next) {
        List<Row> rows = new ArrayList<>();
        next.forEach(
                (place, offset) -> rows.add(new Row(place.transform(), place.partition(), place.output(), offset)));
        rows.sort(Comparator.comparingLong(Row::transform)
                .thenComparingInt(Row::partition)
                .thenComparingInt(Row::output));
        try {
            file.write(JSON.writeValueAsBytes(rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        offsets = Map.copyOf(next);
    }
}
