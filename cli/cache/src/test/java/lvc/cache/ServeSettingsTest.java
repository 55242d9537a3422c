package lvc.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServeSettingsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsBuiltInServesThisMachineOnly() {
        ServeSettings settings = settings(Map.of());

        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.writes()).isFalse();
        assertThat(settings.quiet()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.warning()).isEmpty();
    }

    @Test
    void everybodyMayReadIsSaidUnlessThereIsAToken() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret-1\n");

        assertThat(settings(Map.of("serve.host", "0.0.0.0")).warning())
                .hasValueSatisfying(
                        warning -> assertThat(warning).contains("0.0.0.0").contains("serve.read-token-file"));
        ServeSettings withToken = settings(Map.of("serve.host", "0.0.0.0", "serve.read-token-file", token.toString()));
        assertThat(withToken.warning()).isEmpty();
        assertThat(withToken.http().readToken()).contains("secret-1");
        assertThat(withToken.toString()).doesNotContain("secret-1");
    }

    @Test
    void targetsAndPodsAreReadWithTheirVersion() {
        ServeSettings settings = settings(Map.of(
                "serve.push.targets", "http://127.0.0.1:1/a, https://other:2/b",
                "serve.push.service", "shop/web:8081",
                "serve.push.version", "2"));

        assertThat(settings.targets())
                .extracting(target -> target.address().toString())
                .containsExactly("http://127.0.0.1:1/a", "https://other:2/b");
        assertThat(settings.pods()).hasValueSatisfying(pods -> {
            assertThat(pods.namespace()).isEqualTo("shop");
            assertThat(pods.service()).isEqualTo("web");
            assertThat(pods.port()).isEqualTo(8081);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "serve.port, 65536",
        "serve.port, eighty",
        "serve.writes, yes",
        "serve.quiet, soon",
        "serve.changes-memory, 0",
        "serve.connections, -1",
        "serve.push.version, 3",
        "serve.push.targets, host:80",
        "serve.push.service, web:80",
        "serve.push.service, shop/web",
        "serve.tls-key-file, /nowhere",
        "serve.tls-certificate-file, /",
        "serve.read-token-file, /nowhere"
    })
    void whatIsWrongIsNamed(String key, String value) {
        assertThatThrownBy(() -> settings(Map.of(key, value))).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.exit()).isEqualTo(Exit.USAGE);
            assertThat(fault.what() + fault.why()).contains(key);
        });
    }

    private static ServeSettings settings(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(given);
        return ServeSettings.of(setting -> all.getOrDefault(setting.key(), setting.fallback()));
    }
}
