package lvc.acceptance.kube;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lvc.acceptance.recreate.Lvc;
import lvc.acceptance.recreate.Lvc.Result;
import lvc.acceptance.recreate.LvcProcess;
import lvc.acceptance.recreate.Relay;
import lvc.acceptance.recreate.Relay.Way;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** That commands reach by themselves what lvc install put into Kubernetes, and lvc port-forward lets others do so. */
@Timeout(240)
class ThroughKubernetesIT {
    private static @Nullable InstallGround ground;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void install() {
        ground = InstallGround.fresh();
        Result installed = lvc().run("install", "--yes");
        assertThat(installed.exit()).as(installed.err()).isZero();
    }

    @AfterAll
    static void remove() {
        if (ground != null) {
            ground.close();
        }
    }

    @Test
    void commandsReachWhatWasInstalled() {
        Result created = lvc().run("create-topics", "--approach", "b");
        Result status = lvc().run("status", "--approach", "b");
        Result demo = lvc().run("demo", "--approach", "b", "--yes");

        assertThat(created.exit()).as(created.err()).isZero();
        assertThat(created.err())
                .contains("cluster: brokers 127.0.0.1:" + ground().kafkaPort())
                .contains("(port-forward to context lvc, namespace " + ground().brokerNamespace() + ")");
        assertThat(status.exit()).as(status.err()).isZero();
        assertThat(status.out()).contains("primary").contains("drained");
        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(Loopback.isFree(ground().kafkaPort())).isTrue();
    }

    @Test
    void portForwardServesOthersAndEndsWithCtrlC() {
        try (LvcProcess forward = lvc().start("port-forward", "--admin-port", "0", "-o", "json")) {
            forward.awaitOut(line -> line.contains("\"kind\":\"ports-forwarded\""));

            Result shared = lvc().run("status", "--history");
            Result second = lvc().run("port-forward");
            forward.signal("INT");
            Result ended = forward.result();

            assertThat(shared.exit()).as(shared.err()).isZero();
            assertThat(second.exit()).isEqualTo(3);
            assertThat(second.err())
                    .contains("error: port " + ground().kafkaPort() + " not forwarded to redpanda-0")
                    .contains("another terminal")
                    .contains("next:  stop it");
            assertThat(ended.exit()).isEqualTo(130);
            assertThat(ended.out().lines()).hasSize(1);
            assertThat(ended.out())
                    .contains("\"brokers\":\"127.0.0.1:" + ground().kafkaPort() + "\"")
                    .contains("\"context\":\"lvc\",\"namespace\":\"" + ground().brokerNamespace() + "\"");
            assertThat(ended.err()).isEqualTo("interrupted: stopped as asked");
        }
    }

    @Test
    void portForwardOutlivesThePod() {
        try (LvcProcess forward = lvc().start("port-forward", "--admin-port", "0", "-o", "json")) {
            forward.awaitOut(line -> line.contains("\"kind\":\"ports-forwarded\""));

            ground().client()
                    .pods()
                    .inNamespace(ground().brokerNamespace())
                    .withName("redpanda-0")
                    .delete();
            forward.awaitOut(line -> line.contains("\"kind\":\"brokers-lost\"") && line.contains("redpanda-0"));
            forward.awaitOut(line -> line.contains("\"kind\":\"brokers-back\"") && line.contains("redpanda-0"));

            assertThat(forward.alive()).isTrue();
            Result shared = lvc().run("status", "--history");
            assertThat(shared.exit()).as(shared.err()).isZero();
        }
    }

    @Test
    void portForwardOutlivesTheApiServer() throws IOException {
        try (Relay link = Relay.open();
                LvcProcess forward = lvc().with(Map.of("LVC_KUBERNETES_KUBECONFIG", behind(link)))
                        .start("port-forward", "--admin-port", "0", "-o", "json")) {
            forward.awaitOut(line -> line.contains("\"kind\":\"ports-forwarded\""));

            link.become(Way.CUT);
            forward.awaitOut(line ->
                    line.contains("\"kind\":\"brokers-lost\"") && line.contains("the API server did not answer"));
            link.become(Way.PASS);
            forward.awaitOut(line -> line.contains("\"kind\":\"brokers-back\""));
        }
    }

    @Test
    void portOfSomethingElseIsRefused() {
        try (Listener other = new Listener(ground().kafkaPort(), (in, out) -> {})) {
            Result refused = lvc().run("create-topics", "--approach", "b");

            assertThat(other.port()).isEqualTo(ground().kafkaPort());
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err())
                    .contains("error: port " + ground().kafkaPort() + " not forwarded to redpanda-0")
                    .contains("no Kafka broker answers there")
                    .contains("install.kafka-port");
        }
    }

    @Test
    void contextThatIsNotThereIsRefused() {
        Result refused = lvc().run("status", "--approach", "b", "--context", "prod");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("there is no context 'prod'").contains("has lvc");
    }

    @Test
    void brokersAndContextOnOneCommandLineAreTwoClusters() {
        Result refused =
                lvc().run("status", "--approach", "b", "--context", "lvc", "--brokers", "x:1", "--admin", "http://x:2");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("two clusters given").contains("--brokers x:1 --admin http://x:2");
    }

    @Test
    void whereNothingIsInstalledLvcSaysHowToInstall() {
        for (String command : List.of("port-forward", "transform list")) {
            Result refused = lvc().with(Map.of("LVC_KUBERNETES_NAMESPACE_REDPANDA", "empty"))
                    .run(command.split(" "));

            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err())
                    .contains("there is no StatefulSet empty/redpanda")
                    .contains("next:  lvc install --context lvc");
        }
    }

    @Test
    void whoHasNoRightsIsTold() {
        String guest = ground().cluster().guestKubeconfig().toString();
        Result refused = lvc().with(Map.of("LVC_KUBERNETES_KUBECONFIG", guest)).run("status", "--approach", "b");

        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.err()).contains("forbidden");
    }

    @Test
    void fewRightsAreEnough() {
        String namespace = ground().brokerNamespace();
        Role role = new RoleBuilder()
                .withNewMetadata()
                .withName("reach")
                .withNamespace(namespace)
                .endMetadata()
                .addToRules(rule("apps", "statefulsets", "get"))
                .addToRules(rule("", "pods", "list"))
                .addToRules(rule("", "pods/portforward", "get", "create"))
                .build();
        RoleBinding binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withName("reach")
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reach")
                .addNewSubject("rbac.authorization.k8s.io", "Group", "guests", null)
                .build();
        List.of(role, binding).forEach(each -> ground().client().resource(each).create());
        try {
            String guest = ground().cluster().guestKubeconfig().toString();
            Result shown =
                    lvc().with(Map.of("LVC_KUBERNETES_KUBECONFIG", guest)).run("status", "--history");

            assertThat(shown.exit()).as(shown.err()).isZero();
        } finally {
            ground().client().resource(binding).delete();
        }
    }

    private static PolicyRule rule(String group, String resource, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verbs)
                .build();
    }

    /** A kubeconfig that leads to the API server through a link. */
    private String behind(Relay link) throws IOException {
        String direct = Files.readString(ground().cluster().kubeconfig());
        String address = direct.replaceAll("(?s).*https://([0-9.:]+)\".*", "$1");
        link.leadTo(address);
        Path file = folder.resolve("kubeconfig");
        return Files.writeString(file, direct.replace(address, link.address())).toString();
    }

    private static Lvc lvc() {
        return ground().lvc();
    }

    private static InstallGround ground() {
        return Objects.requireNonNull(ground);
    }
}
