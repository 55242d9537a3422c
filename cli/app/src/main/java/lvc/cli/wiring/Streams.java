package lvc.cli.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import lvc.adapter.json.JsonLines;
import lvc.adapter.kafka.GroupReader;
import lvc.adapter.kafka.ReadOptions;
import lvc.adapter.kafka.RecordReader;
import lvc.adapter.kafka.RecordWriter;
import lvc.adapter.kafka.WriteCounts;
import lvc.adapter.kafka.WriteOptions;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.fold.LatestValues;
import lvc.core.port.Pause;
import lvc.core.record.BadLine;
import lvc.core.record.OffsetRange;
import lvc.core.record.PipeOutput;
import lvc.core.record.RecordFormat;
import lvc.core.record.RecordParser;
import lvc.core.record.RecordPrinter;
import lvc.core.record.RecordSink;
import lvc.core.record.RecordTemplate;
import lvc.core.record.StoredRecord;
import lvc.core.recreate.TurnedAway;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/** Streams of records between the cluster and this process. */
public final class Streams {
    /** The format that is not a template. */
    public static final String JSON = "json";

    private static final int OUTPUT_BUFFER = 1 << 18;

    private final Map<String, Object> connection;
    private final Duration timeout;
    private final Pause pause;
    private final Consumer<Event> events;
    private final Supplier<TurnedAway> turnedAway;

    /** @param turnedAway asked only when the cluster turns a writer away */
    Streams(
            Map<String, Object> connection,
            Duration timeout,
            Pause pause,
            Consumer<Event> events,
            Supplier<TurnedAway> turnedAway) {
        this.connection = connection;
        this.timeout = timeout;
        this.pause = pause;
        this.events = events;
        this.turnedAway = turnedAway;
    }

    /**
     * What to write.
     *
     * @param limit longest record in bytes
     * @param compression none, gzip, snappy, lz4 or zstd
     * @param partition for all records, or -1 to let the key decide
     */
    public record Production(
            String topic, RecordFormat format, int limit, String compression, int partition, boolean skipBad) {}

    /**
     * What to read.
     *
     * @param partitions those to read; empty for all
     * @param most records to read; absent for all
     * @param committed whether to leave out records of open and aborted transactions
     * @param latest whether only the newest value of each live key is wanted
     * @param group whose offsets to use and to commit
     */
    public record Consumption(
            String topic,
            RecordFormat format,
            OffsetRange range,
            Set<Integer> partitions,
            Optional<Long> most,
            boolean committed,
            boolean latest,
            Optional<String> group) {

        private ReadOptions read() {
            return new ReadOptions(topic, range, partitions, most.orElse(ReadOptions.ALL), committed);
        }
    }

    /**
     * The format that a person named.
     *
     * @param text {@code json} or a template such as {@code %k,%v\n}
     * @param nullText what stands for a null value in a template
     */
    public static RecordFormat format(String text, @Nullable String nullText) {
        return format(text, nullText, RecordTemplate::parse);
    }

    /**
     * The format that a person named for records that come in: what can only be printed is said before anything is read.
     *
     * @param text {@code json} or a template such as {@code %k,%v\n}
     * @param nullText what stands for a null value in a template
     */
    public static RecordFormat inputFormat(String text, @Nullable String nullText) {
        RecordFormat format = format(text, nullText, RecordTemplate::parseForReading);
        RecordParser unused = format.parser(InputStream.nullInputStream(), 1);
        return format;
    }

    private static RecordFormat format(
            String text, @Nullable String nullText, Function<String, RecordTemplate> template) {
        if (text.equals(JSON)) {
            if (nullText != null) {
                throw Fault.usage(
                        "--null is for templates",
                        "JSON lines have a null of their own",
                        "leave --null out, or give a template with -f");
            }
            return new JsonLines();
        }
        RecordTemplate parsed = template.apply(text);
        return nullText == null ? parsed : parsed.withNull(nullText);
    }

    /** Writes what comes in; how it ended is told even when it did not end well. */
    public void produce(Production production, InputStream in) {
        Duration begun = pause.elapsed();
        RecordWriter writer = new RecordWriter(
                connection,
                new WriteOptions(
                        production.topic(), production.compression(), production.partition(), production.skipBad()),
                timeout);
        try {
            writer.write(production.format().parser(in, production.limit()), new Watcher());
        } catch (Fault refused) {
            throw refused.getCause() instanceof TopicAuthorizationException
                    ? turnedAway.get().explain(production.topic(), refused)
                    : refused;
        } finally {
            WriteCounts counts = writer.counts();
            events.accept(new Event.RecordsProduced(
                    production.topic(),
                    counts.acknowledged(),
                    production.skipBad() ? counts.bad() : 0,
                    counts.failed(),
                    counts.pending(),
                    pause.elapsed().minus(begun)));
        }
    }

    /**
     * Prints what is read.
     *
     * @throws IOException of the output; {@link lvc.core.record.ReaderGone} when nobody wants more
     */
    public void consume(Consumption consumption, OutputStream out) throws IOException {
        RecordPrinter printer = consumption.format().printer(new PipeOutput(out, OUTPUT_BUFFER));
        if (consumption.latest()) {
            printLatest(consumption, printer);
            return;
        }
        RecordSink sink = new Printing(printer);
        if (consumption.group().isPresent()) {
            try (GroupReader reader =
                    new GroupReader(connection, consumption.group().get(), timeout)) {
                reader.read(consumption.read(), sink);
            }
        } else {
            try (RecordReader reader = new RecordReader(connection, timeout)) {
                reader.read(consumption.read(), sink).demandAll(consumption.topic());
            }
        }
    }

    private void printLatest(Consumption consumption, RecordPrinter printer) throws IOException {
        LatestValues latest = new LatestValues(consumption.topic());
        try (RecordReader reader = new RecordReader(connection, timeout)) {
            reader.read(consumption.read(), latest::add).demandAll(consumption.topic());
        }
        if (latest.splitKeyCount() > 0) {
            events.accept(
                    new Event.Warned(
                            latest.splitKeyCount() + " keys of topic " + consumption.topic()
                                    + " lie in more than one partition; they are printed once for each, and which is newest cannot be told"));
        }
        if (latest.nullKeys() > 0) {
            events.accept(new Event.Warned(latest.nullKeys() + " records of topic " + consumption.topic()
                    + " have no key and belong to no value"));
        }
        for (StoredRecord live : latest.live()) {
            printer.print(live);
        }
        printer.flush();
    }

    private final class Watcher implements RecordWriter.Watcher {
        @Override
        public void at(WriteCounts counts) {
            events.accept(new Event.Progressed("records produced", counts.acknowledged()));
        }

        @Override
        public void skipped(BadLine line) {
            events.accept(new Event.LineSkipped(line.number(), line.why()));
        }
    }

    private record Printing(RecordPrinter printer) implements RecordSink {
        @Override
        public void accept(StoredRecord stored) throws IOException {
            printer.print(stored);
        }

        @Override
        public void flush() throws IOException {
            printer.flush();
        }
    }
}
