package lvc.cache.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

import static java.util.Comparator.comparing;

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

    /**
     * All pods, and whether they are ready: one that does not say is. A pod with addresses of both families stands in
     * slices of both, and is given once, with that of version 4. Of an endpoint's addresses only the first one means
     * anything (EndpointSlice, {@code discovery.k8s.io/v1}).
     */
    Map<PodAddress, Boolean> pods() {
        Map<PodAddress, Boolean> pods = new HashMap<>();
        Map<String, PodAddress> first = new HashMap<>();
        slices.values().stream().sorted(comparing(Slices::family)).forEach(slice -> {
            int port = slice.at("/ports/0/port").asInt(0);
            for (JsonNode endpoint : slice.path("endpoints")) {
                PodAddress address = new PodAddress(endpoint.at("/addresses/0").asText(), port);
                String pod = endpoint.at("/targetRef/uid").asText(address.toString());
                boolean ready = endpoint.at("/conditions/ready").asBoolean(true);
                pods.merge(first.computeIfAbsent(pod, unseen -> address), ready, Boolean::logicalOr);
            }
        });
        return pods;
    }

    private static String family(JsonNode slice) {
        return slice.path("addressType").asText();
    }
}
