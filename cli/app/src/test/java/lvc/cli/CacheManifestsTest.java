package lvc.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.adapter.kube.ManifestFiles;
import lvc.cache.ServeSetting;
import lvc.cli.setting.Setting;
import lvc.core.kube.Manifest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The manifests of the cache say what the cache understands, and ask for no more rights than it needs. */
class CacheManifestsTest {
    private static final Path TOP = Path.of("..", "..");
    private static final String CONTAINER = "spec/template/spec/containers/[cache]";

    private final List<Manifest> plain = new ManifestFiles().read(TOP.resolve("manifests/cache"));
    private final List<Manifest> pushing = new ManifestFiles().read(TOP.resolve("manifests/cache-push"));

    @Test
    void everySettingInThemIsOneThatThereIs() throws IOException {
        String text = of("ConfigMap", plain).text("data/cache.properties").orElseThrow();
        Properties set = new Properties();
        set.load(new StringReader(text.replace("\n#", "\n")));
        Set<String> keys = set.stringPropertyNames().stream()
                .filter(key -> !Character.isUpperCase(key.charAt(0)))
                .collect(Collectors.toSet());

        assertThat(keys).hasSizeGreaterThan(5).isSubsetOf(known());
        assertThat(set.getProperty("serve.port")).isEqualTo(port());
        assertThat(of("Deployment", pushing).list(CONTAINER + "/env").stream()
                        .map(variable -> variable.text("name").orElseThrow()))
                .isNotEmpty()
                .isSubsetOf(known().stream().map(CacheManifestsTest::variable).toList());
    }

    @Test
    void healthIsAskedWhereTheCacheTellsIt() {
        Manifest deployment = of("Deployment", plain);

        assertThat(deployment.text(CONTAINER + "/readinessProbe/httpGet/path")).contains("/q/health/ready");
        assertThat(deployment.text(CONTAINER + "/livenessProbe/httpGet/path")).contains("/q/health/live");
        assertThat(deployment.texts("spec/template/metadata/annotations"))
                .containsEntry("prometheus.io/port", port())
                .containsEntry("prometheus.io/path", "/metrics");
    }

    @Test
    void itRunsWithFewRights() {
        Manifest deployment = of("Deployment", plain);
        Map<String, String> pod = deployment.texts("spec/template/spec/securityContext");
        Map<String, String> container = deployment.texts(CONTAINER + "/securityContext");

        assertThat(pod).containsEntry("runAsNonRoot", "true").containsEntry("seccompProfile", "{type=RuntimeDefault}");
        assertThat(container)
                .containsEntry("allowPrivilegeEscalation", "false")
                .containsEntry("readOnlyRootFilesystem", "true")
                .containsEntry("capabilities", "{drop=[ALL]}");
        assertThat(deployment.text("spec/template/spec/automountServiceAccountToken"))
                .contains("false");
        assertThat(plain).noneMatch(each -> each.ref().kind().contains("Role"));
    }

    @Test
    void whoTellsPodsMayListAndWatchThemAndNothingElse() {
        assertThat(of("Deployment", pushing).text("spec/template/spec/automountServiceAccountToken"))
                .contains("true");
        assertThat(of("Role", pushing).at("rules").map(Object::toString))
                .contains("[{apiGroups=[discovery.k8s.io], resources=[endpointslices], verbs=[list, watch]}]");
        assertThat(pushing).noneMatch(each -> each.ref().kind().startsWith("Cluster"));
    }

    @Test
    void theImageGivesJavaTheFlagsOfLvcServe() throws IOException {
        Matcher flags = Pattern.compile("serve\\) flags=\"(.+)\"").matcher(Files.readString(TOP.resolve("cli/lvc")));
        assertThat(flags.find()).isTrue();

        assertThat(Files.readString(TOP.resolve("cli/cache/Dockerfile")))
                .contains(flags.group(1).split(" "));
    }

    @Test
    void theImageRunsTheCacheAsTheUserThatTheManifestsName() throws IOException {
        String image = Files.readString(TOP.resolve("cli/cache/Dockerfile"));
        Map<String, String> pod = of("Deployment", plain).texts("spec/template/spec/securityContext");

        assertThat(image).contains("USER " + pod.get("runAsUser") + ":" + pod.get("runAsGroup"));
        assertThat(image)
                .contains("-t "
                        + of("Deployment", plain).text(CONTAINER + "/image").orElseThrow() + " ");
    }

    private static Set<String> known() {
        return Stream.concat(
                        Arrays.stream(Setting.values()).map(Setting::key),
                        Arrays.stream(ServeSetting.values()).map(ServeSetting::key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String variable(String key) {
        return "LVC_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private String port() {
        return of("Deployment", plain)
                .list(CONTAINER + "/ports")
                .get(0)
                .text("containerPort")
                .orElseThrow();
    }

    private static Manifest of(String kind, List<Manifest> manifests) {
        return manifests.stream()
                .filter(each -> each.ref().kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
