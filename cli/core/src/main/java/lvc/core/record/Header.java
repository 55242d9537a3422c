package lvc.core.record;

import org.jspecify.annotations.Nullable;

/**
 * One header of a record. Headers have an order and may repeat.
 *
 * @param key text, as the Kafka protocol has it
 * @param value any bytes, or null
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go to the output untouched; nobody compares them
public record Header(String key, byte @Nullable [] value) {}
