package lvc.core.record;

/** What a parser makes of one piece of input: a record, or a line that is none. */
public sealed interface Parsed permits NewRecord, BadLine {}
