package lvc.core.transform;

/**
 * How far a transform has come in one input partition.
 *
 * @param offset the last processed input offset; the Admin API prints it as a 32-bit number, and "nothing before
 *     offset 0" as 0
 */
public record Committed(String transform, int partition, long offset) {}
