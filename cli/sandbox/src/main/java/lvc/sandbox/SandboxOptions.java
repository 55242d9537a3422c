package lvc.sandbox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import lvc.sandbox.admin.AdminOptions;
import lvc.sandbox.transform.Timings;

/**
 * How a sandbox is started.
 *
 * @param data directory that keeps everything beyond the end; empty means a temporary one that is deleted
 * @param kafkaPort port for Kafka clients on 127.0.0.1; 0 picks a free one
 * @param forwardedPort a port on 127.0.0.1 from which something else forwards Kafka clients to {@link Sandbox#forwardTo}
 * @param admin port, user and metric names of the Admin API
 * @param settings cluster properties that the cluster starts with, by their Redpanda names
 * @param timings waits of the transform engine that are no cluster properties
 * @param abi3 whether modules that import {@code check_abi_version_3} are accepted (unverified)
 */
public record SandboxOptions(
        Optional<Path> data,
        int kafkaPort,
        OptionalInt forwardedPort,
        AdminOptions admin,
        Map<String, String> settings,
        Timings timings,
        boolean abi3) {

    /** Free ports, a temporary directory, and Redpanda's defaults. */
    public static SandboxOptions fresh() {
        return new SandboxOptions(
                Optional.empty(), 0, OptionalInt.empty(), AdminOptions.open(0), Map.of(), Timings.redpanda(), false);
    }

    /** The same with a directory that stays. */
    public SandboxOptions withData(Path directory) {
        return new SandboxOptions(Optional.of(directory), kafkaPort, forwardedPort, admin, settings, timings, abi3);
    }

    /** The same with one more cluster property. */
    public SandboxOptions withSetting(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new SandboxOptions(data, kafkaPort, forwardedPort, admin, more, timings, abi3);
    }

    /** The same with other waits. */
    public SandboxOptions withTimings(Timings other) {
        return new SandboxOptions(data, kafkaPort, forwardedPort, admin, settings, other, abi3);
    }
}
