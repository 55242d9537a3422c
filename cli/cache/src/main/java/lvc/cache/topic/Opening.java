package lvc.cache.topic;

import lvc.cache.store.Position;
import lvc.cache.store.Snapshot;

/**
 * Where a stream of changes begins: all values at a position, and the number of the first change after it.
 *
 * @param next of {@link ServedTopic#changes}
 */
public record Opening(Snapshot snapshot, Position position, long next) {}
