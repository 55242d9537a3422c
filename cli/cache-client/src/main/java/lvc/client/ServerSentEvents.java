package lvc.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads a stream of events: lines of {@code name: text}, an empty line after each event. */
final class ServerSentEvents {

    /**
     * One event.
     *
     * @param data empty when it only says how far the reader is
     * @param id empty when it has none
     */
    record Event(String type, String data, String id) {}

    private String type = "";
    private String id = "";
    private final StringBuilder data = new StringBuilder();

    /**
     * Reads to the end.
     *
     * @param goesOn asked at every line, comments included; false to read no more
     */
    void read(InputStream in, BooleanSupplier goesOn, Consumer<Event> events) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!goesOn.getAsBoolean()) {
                return;
            }
            if (!line.isEmpty()) {
                field(line);
            } else if (data.length() > 0 || !id.isEmpty()) {
                events.accept(new Event(type, data.toString().stripTrailing(), id));
                type = "";
                id = "";
                data.setLength(0);
            }
        }
    }

    private void field(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String text = colon < 0 ? "" : line.substring(colon + 1);
        text = text.startsWith(" ") ? text.substring(1) : text;
        switch (name) {
            case "event" -> type = text;
            case "id" -> id = text;
            case "data" -> data.append(text).append('\n');
            default -> {
                // Comments, which keep the connection alive, and names that are of no use here.
            }
        }
    }
}
