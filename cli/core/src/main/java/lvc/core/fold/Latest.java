package lvc.core.fold;

import java.util.Optional;
import lvc.core.record.StoredRecord;

/**
 * The newest record of a key, its value being represented by a digest.
 *
 * @param value absent for a tombstone
 * @param timestamp milliseconds since 1970
 * @param logAppendTime whether the broker set it; see {@link StoredRecord}
 */
public record Latest(Optional<Digest> value, long offset, long timestamp, boolean logAppendTime) {

    /** What a fold of this one record would say. */
    public static Latest of(StoredRecord stored) {
        byte[] value = stored.value();
        Optional<Digest> digest = Optional.empty();
        if (value != null) {
            Hashing hashing = new Hashing();
            hashing.hash(value);
            digest = Optional.of(new Digest(hashing.high(), hashing.low()));
        }
        return new Latest(digest, stored.offset(), stored.timestamp(), stored.logAppendTime());
    }
}
