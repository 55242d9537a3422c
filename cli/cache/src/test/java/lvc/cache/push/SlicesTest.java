package lvc.cache.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlicesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Slices slices = new Slices();

    private static JsonNode slice(String name, String family, String... endpoints) throws JsonProcessingException {
        String text = """
                {"metadata": {"name": "%s"}, "addressType": "%s", "ports": [{"port": 8080}], "endpoints": [%s]}
                """.formatted(name, family, String.join(",", endpoints));
        return JSON.readTree(text);
    }

    private static String pod(String uid, String address, boolean ready) {
        return """
                {"addresses": ["%s"], "conditions": {"ready": %s}, "targetRef": {"kind": "Pod", "uid": "%s"}}
                """.formatted(address, ready, uid);
    }

    @Test
    void podWithAddressesOfBothFamiliesIsGivenOnceWhicheverSliceComesFirst() throws Exception {
        JsonNode four = slice("readers-a", "IPv4", pod("one", "10.1.0.1", true), pod("two", "10.1.0.2", false));
        JsonNode six = slice("readers-b", "IPv6", pod("one", "fd00::1", true), pod("two", "fd00::2", false));
        Map<PodAddress, Boolean> each = Map.of(
                new PodAddress("10.1.0.1", 8080), true,
                new PodAddress("10.1.0.2", 8080), false);

        slices.put(six);
        slices.put(four);

        assertThat(slices.pods()).isEqualTo(each);
        slices.clear();
        slices.put(slice("readers-b", "IPv4", pod("one", "10.1.0.1", true), pod("two", "10.1.0.2", false)));
        slices.put(slice("readers-a", "IPv6", pod("one", "fd00::1", true), pod("two", "fd00::2", false)));
        assertThat(slices.pods()).isEqualTo(each);
    }

    @Test
    void podWithOneFamilyIsGivenWithIt() throws Exception {
        slices.put(slice("readers-a", "IPv6", pod("one", "fd00::1", true)));

        assertThat(slices.pods()).isEqualTo(Map.of(new PodAddress("fd00::1", 8080), true));
    }

    @Test
    void podThatIsReadyInOneOfTwoSlicesIsReady() throws Exception {
        slices.put(slice("readers-a", "IPv4", pod("one", "10.1.0.1", false)));
        slices.put(slice("readers-b", "IPv4", pod("one", "10.1.0.1", true)));

        assertThat(slices.pods()).isEqualTo(Map.of(new PodAddress("10.1.0.1", 8080), true));
    }

    @Test
    void endpointsThatAreNoPodsAreToldApartByTheirAddress() throws Exception {
        slices.put(slice("hosts", "IPv4", "{\"addresses\": [\"192.0.2.1\"]}", "{\"addresses\": [\"192.0.2.2\"]}"));

        assertThat(slices.pods())
                .isEqualTo(Map.of(new PodAddress("192.0.2.1", 8080), true, new PodAddress("192.0.2.2", 8080), true));
    }

    @Test
    void sliceThatIsGoneTakesItsPodsAlong() throws Exception {
        JsonNode slice = slice("readers-a", "IPv4", pod("one", "10.1.0.1", true));
        slices.put(slice);

        slices.remove(slice);

        assertThat(slices.pods()).isEmpty();
    }
}
