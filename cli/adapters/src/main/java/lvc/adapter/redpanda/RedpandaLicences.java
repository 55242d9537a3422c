package lvc.adapter.redpanda;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lvc.core.port.Licences;
import lvc.core.report.Licence;

/**
 * The licence through the Admin API: {@code /v1/features/license} and {@code /v1/features/enterprise}, which came with
 * 24.3.
 */
public final class RedpandaLicences implements Licences {
    private static final String LICENSE = "/v1/features/license";

    private final AdminApi admin;

    public RedpandaLicences(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public Optional<Licence> licence() {
        String what = "licence not read";
        return admin.find(LICENSE, what).map(json -> {
            JsonNode given = json.path("license");
            Optional<JsonNode> enterprise = admin.find("/v1/features/enterprise", what);
            return new Licence(
                    json.path("loaded").asBoolean(),
                    given.path("type").asText(""),
                    given.path("org").asText(""),
                    given.path("expires").isIntegralNumber()
                            ? Optional.of(
                                    Instant.ofEpochSecond(given.path("expires").asLong()))
                            : Optional.empty(),
                    enterprise.map(e -> e.path("violation").asBoolean()).orElse(false),
                    enterprise.map(RedpandaLicences::used).orElse(List.of()));
        });
    }

    private static List<String> used(JsonNode enterprise) {
        List<String> used = new ArrayList<>();
        enterprise.path("features").forEach(feature -> {
            if (feature.path("enabled").asBoolean()) {
                used.add(feature.path("name").asText());
            }
        });
        return used;
    }

    @Override
    public void put(String text) {
        admin.sendText("PUT", LICENSE, text.strip().getBytes(StandardCharsets.UTF_8), "licence not taken");
    }
}
