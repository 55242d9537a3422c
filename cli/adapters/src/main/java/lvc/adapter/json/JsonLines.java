package lvc.adapter.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.InputStream;
import java.io.OutputStream;
import lvc.core.record.RecordFormat;
import lvc.core.record.RecordParser;
import lvc.core.record.RecordPrinter;

/**
 * Records as JSON, one object per line, with the fields of rpk:
 *
 * <pre>
 * {"topic":"prices","key":"a","value":"1","timestamp":1732000000000,"partition":0,"offset":7}
 * {"topic":"prices","key":"a","value":null,"headers":[{"key":"h","value":"x"}],"timestamp":…,"partition":0,"offset":8}
 * {"topic":"prices","key_base64":"/w==","value":"…",…}
 * </pre>
 *
 * <p>A tombstone is {@code "value":null}, a record without a key is {@code "key":null}. Bytes that are not UTF-8 stand
 * in base64 under {@code key_base64} and {@code value_base64}, in headers too; so every record survives the way out and
 * back byte for byte.
 *
 * <p>Reading takes the key, the value and the headers. {@code value} must be there; a missing {@code key} means none.
 * Topic, offset, partition and timestamp are those of the record that was printed, not of the one to be made, and are
 * passed over unless {@link #keeping} asks for them. A field of another name makes a line bad: most likely it is
 * misspelt.
 */
public final class JsonLines implements RecordFormat {
    private final boolean partition;
    private final boolean timestamp;

    /** JSON lines of which key, value and headers are read. */
    public JsonLines() {
        this(false, false);
    }

    private JsonLines(boolean partition, boolean timestamp) {
        this.partition = partition;
        this.timestamp = timestamp;
    }

    /** The same, but the partition or the timestamp of each line is kept too. */
    public JsonLines keeping(boolean partition, boolean timestamp) {
        return new JsonLines(partition, timestamp);
    }

    @Override
    public RecordParser parser(InputStream in, int limit) {
        return new JsonLineParser(factory(limit), in, limit, partition, timestamp);
    }

    @Override
    public RecordPrinter printer(OutputStream out) {
        return new JsonLinePrinter(factory(Integer.MAX_VALUE), out);
    }

    /** Limits are those of the caller; a generator leaves closing and flushing the stream to its owner. */
    private static JsonFactory factory(int limit) {
        return new JsonFactoryBuilder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(limit).build())
                .build()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }
}
