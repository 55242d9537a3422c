package lvc.sandbox.admin;

import java.util.Optional;

/**
 * How the Admin API is offered.
 *
 * @param port TCP port on the loopback interface; 0 picks a free one
 * @param user the superuser; when given, every request that is not public must carry it
 * @param aliasLag whether the lag gauge also appears under the documented name that no release prints,
 *     {@code redpanda_transform_processor_lag}
 */
public record AdminOptions(int port, Optional<User> user, boolean aliasLag) {

    /** A name and a password for HTTP basic authentication. */
    public record User(String name, String password) {
        @Override
        public String toString() {
            return name + ":***";
        }
    }

    /** Any free port, nobody is asked for a name. */
    public static AdminOptions open(int port) {
        return new AdminOptions(port, Optional.empty(), false);
    }
}
