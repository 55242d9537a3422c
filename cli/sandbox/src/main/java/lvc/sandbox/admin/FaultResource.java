package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import lvc.sandbox.config.Faults;
import lvc.sandbox.config.Faults.Fault;

/**
 * The sandbox's own endpoint, which Redpanda has not:
 *
 * <ul>
 *   <li>{@code GET /sandbox/faults} → the switches that are on: {@code {"LIST_500": "3"}}
 *   <li>{@code PUT /sandbox/faults} with an object of the same form turns switches on, or off with {@code ""} or
 *       {@code null}, and answers as GET does. A switch that is not named stays as it is. Numbers and booleans may be
 *       given as such. Unknown names, and texts where a number is needed, are answered 400 and change nothing; the
 *       message lists all names.
 * </ul>
 *
 * What each switch does is said at {@link Fault}. These requests pass unharmed whatever is switched on.
 */
final class FaultResource {

    private final Faults faults;

    FaultResource(Faults faults) {
        this.faults = faults;
    }

    void addTo(Router router) {
        router.get("/sandbox/faults", Access.PUBLIC, request -> shown());
        router.add("PUT", "/sandbox/faults", Access.PUBLIC, false, this::change);
    }

    private Answer change(Request request) throws IOException, Refusal {
        JsonNode body = request.json();
        if (!body.isObject()) {
            throw Refusal.badRequest("expected a JSON object of switch names and values; " + names());
        }
        Map<Fault, String> changes = new EnumMap<>(Fault.class);
        for (Map.Entry<String, JsonNode> entry : body.properties()) {
            Fault fault = fault(entry.getKey());
            changes.put(fault, value(fault, entry.getValue()));
        }
        changes.forEach(faults::set);
        return shown();
    }

    private static Fault fault(String name) throws Refusal {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.name().equals(name))
                .findAny()
                .orElseThrow(() -> Refusal.badRequest("no such switch: " + name + "; " + names()));
    }

    private static String value(Fault fault, JsonNode value) throws Refusal {
        if (value.isContainerNode()) {
            throw Refusal.badRequest(fault + " takes a text or a number, not " + value);
        }
        String text = value.isNull() ? "" : value.asText();
        if (!text.isEmpty() && fault.takesNumber() && !text.matches("\\d{1,18}")) {
            throw Refusal.badRequest(fault + " takes a number, not '" + text + "'");
        }
        return text;
    }

    private Answer shown() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        faults.all().forEach(all::put);
        return Answer.json(all);
    }

    private static String names() {
        return "the switches are "
                + Arrays.stream(Fault.values()).map(Fault::name).collect(Collectors.joining(", "));
    }
}
