package lvc.acceptance.records;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.kafka.ReadOptions;
import lvc.adapter.kafka.ReadSummary;
import lvc.adapter.kafka.RecordReader;
import lvc.adapter.kafka.RecordWriter;
import lvc.adapter.kafka.WriteCounts;
import lvc.adapter.kafka.WriteOptions;
import lvc.core.record.BadLine;
import lvc.core.record.NewRecord;
import lvc.core.record.OffsetRange;
import lvc.core.record.RecordFormat;
import lvc.core.record.RecordPrinter;
import lvc.core.record.RecordSink;
import lvc.core.record.RecordTemplate;
import lvc.core.record.StoredRecord;

/** Writes and reads text the way the commands do. */
final class Records {
    static final Duration TIMEOUT = Duration.ofSeconds(20);
    static final int LIMIT = 1 << 20;

    private Records() {}

    /** A watcher that remembers the lines that were skipped. */
    static final class Skipped implements RecordWriter.Watcher {
        final List<BadLine> lines = new ArrayList<>();

        @Override
        public void at(WriteCounts counts) {}

        @Override
        public void skipped(BadLine line) {
            lines.add(line);
        }
    }

    static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static WriteCounts write(ChildSandbox sandbox, String topic, String format, String text) {
        return write(sandbox, WriteOptions.plain(topic), RecordTemplate.parse(format), in(text));
    }

    static WriteCounts write(ChildSandbox sandbox, WriteOptions options, RecordFormat format, InputStream in) {
        return new RecordWriter(sandbox.connection(), options, TIMEOUT).write(format.parser(in, LIMIT), new Skipped());
    }

    static WriteOptions skippingBad(String topic) {
        return new WriteOptions(topic, "none", NewRecord.UNSET, true);
    }

    static String read(ChildSandbox sandbox, String topic, String format, String offsets) throws IOException {
        return read(sandbox, options(topic, offsets), RecordTemplate.parse(format));
    }

    static String read(ChildSandbox sandbox, ReadOptions options, RecordFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordReader reader = new RecordReader(sandbox.connection(), TIMEOUT)) {
            ReadSummary summary = reader.read(options, printing(format.printer(out)));
            if (!summary.unread().isEmpty()) {
                throw new IllegalStateException("not read to the end: " + summary);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static ReadOptions options(String topic, String offsets) {
        return new ReadOptions(topic, OffsetRange.parse(offsets, Instant.now()), Set.of(), ReadOptions.ALL, true);
    }

    static RecordSink printing(RecordPrinter printer) {
        return new RecordSink() {
            @Override
            public void accept(StoredRecord stored) throws IOException {
                printer.print(stored);
            }

            @Override
            public void flush() throws IOException {
                printer.flush();
            }
        };
    }
}
