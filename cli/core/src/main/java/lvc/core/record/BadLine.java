package lvc.core.record;

/**
 * A piece of the input that is no record.
 *
 * @param number its line, counted from 1; the first line where a record takes several
 * @param why what is wrong, as the end of a sentence
 */
public record BadLine(long number, String why) implements Parsed {}
