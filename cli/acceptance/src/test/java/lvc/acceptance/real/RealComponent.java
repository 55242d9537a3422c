package lvc.acceptance.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What {@code .ci/real-components.sh} leaves in its cache folder, or why it could not. A test that needs a missing one
 * skips itself and says which and why; with {@code LVC_REQUIRE_REAL=true} it fails instead.
 */
public enum RealComponent {
    /** A folder of modules: identity.wasm, filter.wasm and poison.wasm. */
    GO_TRANSFORMS("LVC_GO_TRANSFORMS", "the transforms built with Redpanda's Go SDK are not there"),
    /** The module identity.wasm. */
    RUST_TRANSFORM("LVC_RUST_TRANSFORM", "the transform built with Redpanda's Rust SDK is not there"),
    /** The program kcat. */
    KCAT("LVC_KCAT", "kcat is not installed"),
    /** The program rpk. */
    RPK("LVC_RPK", "rpk is not installed"),
    /** A folder: client.js, and the published client of kafka-keyvalue that it uses. */
    KKV_CLIENT("LVC_KKV_CLIENT", "the client of kafka-keyvalue is not there"),
    /** The program chromium. */
    CHROMIUM("LVC_CHROMIUM", "Chromium is not installed"),
    /** The program minio. */
    MINIO("LVC_MINIO", "MinIO is not there"),
    /** The program etcd. */
    ETCD("LVC_ETCD", "etcd is not there"),
    /** A folder of programs: kube-apiserver, kube-controller-manager, kube-scheduler and kubectl. */
    KUBERNETES("LVC_KUBERNETES", "Kubernetes is not there"),
    /** A folder: the program kwok, its resource definitions in crd, the ways of its nodes and pods in stage. */
    KWOK("LVC_KWOK", "kwok, which plays nodes and pods, is not there");

    private final String key;
    private final String absence;

    RealComponent(String key, String absence) {
        this.key = key;
        this.absence = absence;
    }

    /** Where the component is. The calling test ends here, skipped, when it is nowhere. */
    public Path require() {
        Map<String, String> settings = settings();
        Optional<Path> path =
                Optional.ofNullable(settings.get(key)).map(Path::of).filter(Files::exists);
        String why = settings.getOrDefault(key + "_SKIPPED", "run .ci/real-components.sh");
        String message = "skipped: %s (%s)".formatted(absence, why);
        if ("true".equals(System.getenv("LVC_REQUIRE_REAL"))) {
            assertThat(path).as(message).isPresent();
        }
        assumeTrue(path.isPresent(), message);
        return path.orElseThrow();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        Path file = file();
        if (Files.exists(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    int equals = line.indexOf('=');
                    settings.put(line.substring(0, equals), line.substring(equals + 1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return settings;
    }

    private static Path file() {
        Map<String, String> env = System.getenv();
        String named = env.get("LVC_REAL_COMPONENTS");
        if (named != null) {
            return Path.of(named);
        }
        String cache = env.get("LVC_CI_CACHE");
        if (cache != null) {
            return Path.of(cache, "components.env");
        }
        String caches = env.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(caches, "lvc-ci", "components.env");
    }
}
