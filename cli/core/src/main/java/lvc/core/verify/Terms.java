package lvc.core.verify;

import java.util.function.Consumer;
import lvc.core.record.StoredRecord;

/**
 * What whoever asks for a comparison wants of it, beside its result.
 *
 * @param most how many differing keys to list
 * @param mostOpen of how many keys of a partition that seem to differ to look at again; what is found beyond stands
 * @param excuse which keys may differ
 * @param inputSeen gets the records of the input as they are read first
 */
record Terms(int most, int mostOpen, Excuse excuse, Consumer<StoredRecord> inputSeen) {}
