package lvc.core.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds keys that lie in more than one partition of a topic, without remembering all keys. Of two places of a key at
 * most one can be the partition that murmur2 chooses, as Java clients, rpk and {@code lvc produce} do; so only keys that
 * lie elsewhere are remembered. Where another hash was used, that is most of them.
 */
final class KeyPlaces {
    private static final int MOST_LISTED = 20;

    private final int partitions;
    private final Map<ByteBuffer, Integer> strays = new HashMap<>();
    private final Map<ByteBuffer, Set<Integer>> split = new HashMap<>();
    private final Set<Integer> homes = new TreeSet<>();
    private final Set<Integer> seen = new TreeSet<>();

    KeyPlaces(int partitions) {
        this.partitions = partitions;
    }

    /** A partition of which every key will now be told. */
    void begin(int partition) {
        seen.add(partition);
    }

    /** One key of a partition; telling it again changes nothing. */
    void add(int partition, byte[] key) {
        if (partitions == 1) {
            return;
        }
        int home = Math.floorMod(murmur2(key) & Integer.MAX_VALUE, partitions);
        if (home == partition && strays.isEmpty()) {
            return;
        }
        ByteBuffer wrapped = ByteBuffer.wrap(key);
        Integer elsewhere = strays.get(wrapped);
        if (elsewhere != null && elsewhere != partition) {
            split.computeIfAbsent(wrapped, k -> new TreeSet<>()).addAll(Set.of(elsewhere, partition));
        } else if (home != partition) {
            strays.put(wrapped, partition);
            if (seen.contains(home)) {
                homes.add(home);
            }
        }
    }

    /** Partitions that were read before it was known which keys to look for: their keys have to be told again. */
    Set<Integer> toReadAgain() {
        return Set.copyOf(homes);
    }

    /** How many keys lie in more than one partition. */
    long count() {
        return split.size();
    }

    /** Some of them. */
    List<Place> some() {
        List<Place> places = new ArrayList<>();
        split.entrySet().stream()
                .limit(MOST_LISTED)
                .forEach(each -> places.add(new Place(each.getKey().array(), List.copyOf(each.getValue()))));
        return places;
    }

    /** A key and the partitions it lies in, in ascending order. */
    @SuppressWarnings("ArrayRecordComponent") // for messages only; never compared
    record Place(byte[] key, List<Integer> partitions) {}

    /** MurmurHash2 of 32 bits with the seed that Kafka's clients use. */
    static int murmur2(byte[] key) {
        int mix = 0x5bd1e995;
        int hash = 0x9747b28c ^ key.length;
        int at = 0;
        for (; at + 4 <= key.length; at += 4) {
            int word = (key[at] & 0xff)
                    | (key[at + 1] & 0xff) << 8
                    | (key[at + 2] & 0xff) << 16
                    | (key[at + 3] & 0xff) << 24;
            word *= mix;
            word ^= word >>> 24;
            hash = hash * mix ^ word * mix;
        }
        if (at < key.length) {
            for (int last = key.length - 1; last >= at; last--) {
                hash ^= (key[last] & 0xff) << (8 * (last - at));
            }
            hash *= mix;
        }
        hash ^= hash >>> 13;
        hash *= mix;
        return hash ^ hash >>> 15;
    }
}
