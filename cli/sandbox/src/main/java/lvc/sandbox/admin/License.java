package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A licence. As a file it is two texts in base64 with a dot between them: a JSON object ({@code version}, {@code org},
 * {@code type}, {@code expiry} in seconds since 1970) and a signature (Redpanda source, security/license.cc). The sandbox
 * has no key to check the signature with: any will do.
 *
 * @param version of the format
 * @param sha256 of the text, in hexadecimal; empty for the trial
 */
record License(int version, String organization, String type, Instant expires, String sha256) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TYPES = List.of("free_trial", "enterprise");

    /** Reads what a client has put. */
    static License parse(byte[] body) throws Refusal {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        int dot = text.indexOf('.');
        if (dot <= 0 || dot == text.length() - 1) {
            throw malformed("no signature");
        }
        try {
            Base64.getDecoder().decode(text.substring(dot + 1));
            JsonNode json = JSON.readTree(Base64.getDecoder().decode(text.substring(0, dot)));
            int type = json.path("type").asInt(-1);
            if (!json.path("version").isInt()
                    || !json.path("org").isTextual()
                    || !json.path("expiry").isIntegralNumber()
                    || type < 0
                    || type >= TYPES.size()) {
                throw malformed("missing parameters");
            }
            return new License(
                    json.path("version").asInt(),
                    json.path("org").asText(),
                    TYPES.get(type),
                    Instant.ofEpochSecond(json.path("expiry").asLong()),
                    sha256(text));
        } catch (IllegalArgumentException | IOException e) {
            throw malformed("not JSON in base64");
        }
    }

    private static Refusal malformed(String why) {
        return Refusal.badRequest("License is malformed: " + why);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
