package lvc.sandbox.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import lvc.sandbox.config.ClusterConfig;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may go on, with the answers of Redpanda: a wrong password is 401; no password is 401 where
 * any user would do and 403 where a superuser is needed (Redpanda source, redpanda/request_auth.cc).
 */
record Authorization(Optional<AdminOptions.User> user, ClusterConfig config) {

    void check(@Nullable String header, Access access) throws Refusal {
        boolean required = user.isPresent() || config.flag("admin_api_require_auth");
        if (!required) {
            return;
        }
        boolean known = header != null && known(header);
        if (access == Access.PUBLIC || known) {
            return;
        }
        throw access == Access.SUPERUSER
                ? new Refusal(403, "Forbidden (superuser role required)")
                : new Refusal(401, "Forbidden (authentication is required)");
    }

    private boolean known(String header) throws Refusal {
        if (!header.startsWith("Basic ")) {
            throw Refusal.badRequest("Unsupported Authorization method");
        }
        byte[] given;
        try {
            given = Base64.getDecoder()
                    .decode(header.substring("Basic ".length()).trim());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("Malformed Authorization header");
        }
        boolean right = user.isPresent() && MessageDigest.isEqual(given, bytes(user.get()));
        if (!right) {
            throw new Refusal(401, "Unauthorized");
        }
        return true;
    }

    private static byte[] bytes(AdminOptions.User user) {
        return (user.name() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
    }
}
