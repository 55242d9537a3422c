package lvc.core.report;

import java.time.Instant;

/**
 * One line of a run in the journal.
 *
 * @param kind begun, intended, happened, taken-over or ended
 * @param what step, outcome or ending, as in "delete-hot"
 * @param text the same for people
 */
public record RunLine(Instant at, String kind, String what, String text) {}
