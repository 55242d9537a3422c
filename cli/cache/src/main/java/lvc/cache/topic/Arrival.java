package lvc.cache.topic;

import lvc.cache.store.Position;

/**
 * Where those are who have been told of all changes before one: at the beginning of the incarnation that is served. There
 * may have been no change on the way there, when a topic was created anew with the same values.
 *
 * @param next number of that change, of {@link ServedTopic#changes}
 */
public record Arrival(long next, Position position) {}
