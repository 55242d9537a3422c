package lvc.cli.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.gate.Verdict;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line on standard output: {@code kind} (the event's name in kebab case), {@code v} (1; fields are
 * only ever added) and the event's fields. Durations are seconds, times are ISO 8601 in UTC.
 */
public final class JsonView implements View {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = mapper();

    private final Lines out;
    private final PrintStream err;
    private String lastReason = "";
    private @Nullable Event lastProgress;

    /**
     * Prints nothing yet.
     *
     * @param err where warnings go that must not stand between data
     */
    public JsonView(Lines out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.Progressed) {
            return;
        }
        if (event instanceof Event.Waiting waiting) {
            if (waiting.reason().equals(lastReason)) {
                return;
            }
            lastReason = waiting.reason();
        }
        if (event instanceof Event.CopyProgressed progress) {
            if (progress.equals(lastProgress)) {
                return;
            }
            lastProgress = progress;
        }
        print(kind(event.getClass()), JSON.valueToTree(event));
    }

    @Override
    public Consumer<Event> besideData() {
        return event -> {
            if (event instanceof Event.Warned warned) {
                err.println("warning: " + warned.warning());
            }
        };
    }

    @Override
    public void fault(Fault fault) {
        ObjectNode fields = JSON.createObjectNode();
        fields.put("error", fault.what());
        fields.put("why", fault.why());
        fields.put("next", fault.next());
        fields.put("exit", fault.exit().code());
        print("fault", fields);
    }

    @Override
    public void close() {
        // every line was flushed as it was printed
    }

    /** {@code TopicCreated} is {@code topic-created}. */
    static String kind(Class<?> event) {
        return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private void print(String kind, ObjectNode fields) {
        ObjectNode line = JSON.createObjectNode();
        line.put("kind", kind);
        line.put("v", VERSION);
        line.setAll(fields);
        try {
            out.print(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule().addSerializer(new LowerCase()))
                .enable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .addMixIn(TransformSpec.class, WithoutValues.class)
                .addMixIn(TransformState.class, WithoutValues.class)
                .addMixIn(Verdict.class, Named.class)
                .build();
    }

    /** The environment of a transform may hold secrets. */
    @JsonIgnoreProperties("environment")
    private static final class WithoutValues {}

    /** Which verdict it is, before its reason. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Verdict.Open.class, name = "open"),
        @JsonSubTypes.Type(value = Verdict.Wait.class, name = "wait"),
        @JsonSubTypes.Type(value = Verdict.Fail.class, name = "fail")
    })
    private interface Named {}

    /** Enums are words, and words are written small. */
    private static final class LowerCase extends StdSerializer<Enum<?>> {
        private static final long serialVersionUID = 1L;

        LowerCase() {
            super(Enum.class, false);
        }

        @Override
        public void serialize(Enum<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
