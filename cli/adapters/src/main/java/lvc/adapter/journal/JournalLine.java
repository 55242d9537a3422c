package lvc.adapter.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Outcome;
import lvc.core.journal.Step;

/**
 * A line of the journal as JSON: {@code v} (1), {@code kind} (the entry's name in kebab case), {@code run}, {@code at}
 * (ISO 8601, UTC) and what the kind says besides. A step and an outcome are objects with a {@code kind} of their own.
 * Durations are ISO 8601, enums are words in small letters.
 *
 * <p>Fields may be added without a new version, and are passed over by those who do not know them; whatever changes
 * what a reader must do needs a new version, kind or word, and all are refused by those who do not know them.
 */
final class JournalLine {
    static final int VERSION = 1;

    private static final JsonMapper JSON = mapper();

    private JournalLine() {}

    /** The line of an entry, in UTF-8. */
    static byte[] write(Entry entry) {
        ObjectNode line = JSON.createObjectNode().put("v", VERSION);
        line.setAll(JSON.<ObjectNode>valueToTree(entry));
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The entry of a line.
     *
     * @param place of the line, for messages
     * @throws Fault REFUSED when a newer lvc wrote it, FAILED when no lvc did
     */
    static Entry read(byte[] line, String place) {
        try {
            JsonNode json = JSON.readTree(line);
            if (!json.path("v").isInt()) {
                throw foreign(place, "it has no version");
            }
            if (json.path("v").intValue() > VERSION) {
                throw newer(place, "format " + json.path("v") + ", this one knows " + VERSION);
            }
            complete(json.path("outcome"));
            return JSON.treeToValue(json, Entry.class);
        } catch (InvalidTypeIdException e) {
            throw (e.getTypeId() == null
                            ? foreign(place, "it has no kind")
                            : newer(place, "it has the kind '" + e.getTypeId() + "', which this one does not know"))
                    .causedBy(e);
        } catch (InvalidFormatException e) {
            throw (e.getTargetType().isEnum()
                            ? newer(place, "it has the word '" + e.getValue() + "', which this one does not know")
                            : foreign(place, e.getOriginalMessage()))
                    .causedBy(e);
        } catch (JsonProcessingException e) {
            throw foreign(place, e.getOriginalMessage()).causedBy(e);
        } catch (IOException e) {
            throw foreign(place, String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    /** Lines of before a field was added get what says that it was not looked at. */
    private static void complete(JsonNode outcome) {
        if (outcome instanceof ObjectNode compared
                && compared.path("kind").asText().equals("compared")
                && !compared.has("truthStarts")) {
            compared.putObject("truthStarts");
        }
    }

    private static Fault newer(String place, String why) {
        return Fault.refused(
                "the journal was not understood",
                place + " was written by a newer lvc (" + why + ")",
                "go on with the lvc that began the run, or a newer one: lvc version");
    }

    private static Fault foreign(String place, String why) {
        return Fault.failed(
                "the journal was not understood",
                place + " is not what lvc writes: " + why,
                "find out who else writes there: lvc consume " + KafkaJournal.TOPIC + " --offset :end");
    }

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule().addSerializer(new LowerCase()))
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                        SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        for (Class<?> family : List.of(Entry.class, Step.class, Outcome.class)) {
            mapper.addMixIn(family, Kinded.class);
            for (Class<?> member : family.getPermittedSubclasses()) {
                mapper.registerSubtypes(new NamedType(member, kind(member)));
            }
        }
        return mapper;
    }

    /** {@code TakenOver} is {@code taken-over}. */
    private static String kind(Class<?> member) {
        return member.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Says which one of its family an object is, before all else. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kinded {}

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
