package lvc.cache.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The EndpointSlices of one Service: its pods may be spread over several, and for a while be in two of them. */
final class Slices {
    private final Map<String, JsonNode> slices = new HashMap<>();

    /** Forgets all of them. */
    void clear() {
        slices.clear();
    }

    /** There is this one, or it is now like this. */
    void put(JsonNode slice) {
        slices.put(slice.at("/metadata/name").asText(), slice);
    }

    /** This one is no more. */
    void remove(JsonNode slice) {
        slices.remove(slice.at("/metadata/name").asText());
    }

    /** All pods, and whether they are ready: one that does not say is. */
    Map<PodAddress, Boolean> pods() {
        Map<PodAddress, Boolean> pods = new HashMap<>();
        for (JsonNode slice : slices.values()) {
            int port = slice.at("/ports/0/port").asInt(0);
            for (JsonNode endpoint : slice.path("endpoints")) {
                boolean ready = endpoint.at("/conditions/ready").asBoolean(true);
                for (JsonNode ip : endpoint.path("addresses")) {
                    pods.merge(new PodAddress(ip.asText(), port), ready, Boolean::logicalOr);
                }
            }
        }
        return pods;
    }
}
