package lvc.acceptance.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lvc.acceptance.recreate.Lvc;
import lvc.acceptance.recreate.Lvc.Result;
import lvc.core.check.Rights;
import lvc.core.check.Rights.Use;
import lvc.core.install.Target;
import lvc.core.kube.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What check says of a real API server, and of the brokers behind its port-forwards, which are a sandbox. */
@Timeout(240)
class CheckIT {
    private static final String GUEST = "guest";

    @Test
    void aClusterThatIsFitIsFitBeforeAndAfter() throws Exception {
        try (InstallGround ground = InstallGround.fresh()) {
            Lvc lvc = ground.lvc();
            Result before = lvc.run("check", "--pre");
            assertThat(before.exit()).as("%s%n%s", before.out(), before.err()).isZero();
            assertThat(before.out())
                    .contains("√ rights          all that install, port-forward, uninstall and check use")
                    .contains("√ storage         default StorageClass standard")
                    .contains("√ nodes           1 can take pods, and there is room for ours")
                    .contains("√ namespace       " + ground.brokerNamespace() + " will be made")
                    .contains("√ ports           127.0.0.1:" + ground.kafkaPort() + " is free")
                    .doesNotContain("!");
            Result nothing = lvc.run("check");
            assertThat(nothing.exit()).isEqualTo(3);
            assertThat(nothing.out())
                    .contains("× redpanda        StatefulSet " + ground.brokerNamespace() + "/redpanda is not there");

            Result install = lvc.run("install", "--yes");
            assertThat(install.exit())
                    .as("%s%n%s", install.out(), install.err())
                    .isZero();

            Result after = lvc.run("check");
            assertThat(after.exit()).as("%s%n%s", after.out(), after.err()).isZero();
            assertThat(after.out())
                    .contains("√ minio           StatefulSet " + ground.storeNamespace() + "/minio: 1 of 1 pods ready")
                    .contains("√ minio           bucket redpanda is there and private")
                    .contains("√ redpanda        volumes of 20Gi")
                    .contains("√ redpanda        NetworkPolicy " + ground.brokerNamespace() + "/redpanda")
                    .contains("√ brokers         1 alive, v26.2.1")
                    .contains("√ health          the cluster says it is healthy")
                    .contains("√ transforms      data transforms are enabled")
                    .contains("√ tiered storage  enabled")
                    .contains("√ licence         trial, 29 days left; in use: cloud_storage");
            assertThat(lvc.run("check", "--pre").exit()).isZero();

            fault(ground, "{\"TRIAL_DAYS\":0}");
            Result ended = lvc.run("check", "-o", "json");
            assertThat(ended.exit()).isEqualTo(3);
            assertThat(marked(ended, "bad"))
                    .containsExactly(
                            "licence: cloud_storage in use without one: no more topics can be made that are tiered");
        }
    }

    private static void fault(InstallGround ground, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(ground.pods().broker().admin() + "/sandbox/faults"))
                .PUT(BodyPublishers.ofString(json))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    @Test
    void whoMayDoNothingIsToldEveryRightThatIsMissing() throws Exception {
        try (InstallGround ground = InstallGround.fresh()) {
            Result result = guest(ground).run("check", "--pre", "-o", "json");
            assertThat(result.exit()).isEqualTo(3);
            String missing = String.join("\n", marked(result, "bad"));
            for (Right right : Rights.of(Set.of(Use.INSTALL, Use.FORWARD, Use.UNINSTALL), target(ground))) {
                String place = right.namespace().isEmpty() ? " of the cluster" : " in namespace " + right.namespace();
                String on = right.resource() + (right.group().isEmpty() ? "" : "." + right.group()) + place;
                assertThat(missing.lines())
                        .as(right.toString())
                        .anyMatch(line ->
                                line.matches("rights: missing: .*\\b" + right.verb() + "\\b.* \\Q" + on + "\\E"));
            }
            assertThat(result.out()).contains("not looked at");
        }
    }

    /** Nothing else than the table says: what works here works with these rights. */
    @Test
    void theRightsInTheTableAreEnough() {
        try (KubeCluster own = KubeCluster.whole();
                InstallGround ground = InstallGround.on(own)) {
            grant(ground);
            Lvc guest = guest(ground);
            Result before = guest.run("check", "--pre");
            assertThat(before.exit()).as("%s%n%s", before.out(), before.err()).isZero();
            assertThat(before.out()).doesNotContain("missing");
            for (List<String> command : List.of(
                    List.of("install", "--yes"),
                    List.of("install", "--rotate-credentials", "--yes"),
                    List.of("check"),
                    List.of("uninstall", "--yes"),
                    List.of("uninstall", "--yes", "--delete-data"))) {
                if (command.contains("--delete-data")) {
                    clearForwards(ground);
                }
                Result result = guest.run(command.toArray(String[]::new));
                assertThat(result.exit())
                        .as("%s%n%s%n%s", command, result.out(), result.err())
                        .isZero();
            }
            assertThat(ground.client()
                            .namespaces()
                            .withName(ground.storeNamespace())
                            .get())
                    .isNull();
        }
    }

    /** What kwok is told stands in the same namespaces, and is not lvc's. Kwok finds no other forwards after that. */
    private static void clearForwards(InstallGround ground) {
        for (String namespace : List.of(ground.storeNamespace(), ground.brokerNamespace())) {
            ground.client()
                    .genericKubernetesResources("kwok.x-k8s.io/v1alpha1", "PortForward")
                    .inNamespace(namespace)
                    .delete();
        }
    }

    private static Lvc guest(InstallGround ground) {
        return ground.lvc(Map.of(
                "LVC_KUBERNETES_KUBECONFIG", ground.cluster().guestKubeconfig().toString()));
    }

    private static Target target(InstallGround ground) {
        return new Target(
                ground.storeNamespace(),
                ground.brokerNamespace(),
                1,
                "i",
                "i",
                Optional.empty(),
                "1Gi",
                "1Gi",
                "redpanda",
                ground.kafkaPort());
    }

    /** Roles made of the table; those of a namespace can only be made when it is there. */
    private static void grant(InstallGround ground) {
        KubernetesClient client = ground.client();
        Map<String, List<Right>> byNamespace = Rights.of(Set.of(Use.values()), target(ground)).stream()
                .collect(Collectors.groupingBy(Right::namespace));
        byNamespace.forEach((namespace, rights) -> {
            List<PolicyRule> rules = rights.stream().map(CheckIT::rule).toList();
            if (namespace.isEmpty()) {
                client.resource(new ClusterRoleBuilder()
                                .withNewMetadata()
                                .withName(GUEST)
                                .endMetadata()
                                .withRules(rules)
                                .build())
                        .serverSideApply();
                client.resource(new ClusterRoleBindingBuilder()
                                .withNewMetadata()
                                .withName(GUEST)
                                .endMetadata()
                                .addNewSubject("rbac.authorization.k8s.io", "User", "guest", null)
                                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", GUEST)
                                .build())
                        .create();
            } else {
                // As lvc makes it, for it is to take it away again.
                client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .withLabels(Map.of(
                                        "app.kubernetes.io/part-of", "lvc", "app.kubernetes.io/managed-by", "lvc"))
                                .endMetadata()
                                .build())
                        .fieldManager("lvc")
                        .serverSideApply();
                client.resource(new RoleBuilder()
                                .withNewMetadata()
                                .withName("lvc")
                                .withNamespace(namespace)
                                .withLabels(Map.of(
                                        "app.kubernetes.io/part-of", "lvc", "app.kubernetes.io/managed-by", "lvc"))
                                .endMetadata()
                                .withRules(rules)
                                .build())
                        .create();
                client.resource(new RoleBindingBuilder()
                                .withNewMetadata()
                                .withName("lvc")
                                .withNamespace(namespace)
                                .withLabels(Map.of(
                                        "app.kubernetes.io/part-of", "lvc", "app.kubernetes.io/managed-by", "lvc"))
                                .endMetadata()
                                .addNewSubject("rbac.authorization.k8s.io", "User", "guest", null)
                                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "lvc")
                                .build())
                        .create();
            }
        });
    }

    private static PolicyRule rule(Right right) {
        return new PolicyRuleBuilder()
                .withApiGroups(right.group())
                .withResources(right.resource())
                .withVerbs(right.verb())
                .build();
    }

    @Test
    void aNamespaceThatIsGoingOrHasNoRoomIsNoPlaceToInstallTo() throws Exception {
        try (InstallGround ground = InstallGround.fresh()) {
            KubernetesClient client = ground.client();
            for (String name : List.of(ground.storeNamespace(), ground.brokerNamespace())) {
                client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("pod-security.kubernetes.io/enforce", "baseline")
                                .endMetadata()
                                .build())
                        .create();
            }
            client.resource(new ResourceQuotaBuilder()
                            .withNewMetadata()
                            .withName("small")
                            .withNamespace(ground.brokerNamespace())
                            .endMetadata()
                            .withNewSpec()
                            .addToHard("requests.memory", new Quantity("1Gi"))
                            .endSpec()
                            .build())
                    .create();
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("stays")
                            .withNamespace(ground.storeNamespace())
                            .withFinalizers("lvc.test/stays")
                            .endMetadata()
                            .build())
                    .create();
            client.namespaces().withName(ground.storeNamespace()).delete();
            try {
                Result result = ground.lvc().run("check", "--pre", "-o", "json");
                assertThat(result.exit()).isEqualTo(3);
                assertThat(marked(result, "bad"))
                        .containsExactly(
                                "namespace: " + ground.storeNamespace() + " is being deleted",
                                "quota: ResourceQuota " + ground.brokerNamespace()
                                        + "/small leaves 1Gi of requests.memory, and 2.5Gi is needed");
                assertThat(marked(result, "odd"))
                        .containsExactly(
                                "namespace: " + ground.brokerNamespace() + " enforces Pod Security 'baseline'");
            } finally {
                client.configMaps()
                        .inNamespace(ground.storeNamespace())
                        .withName("stays")
                        .edit(map -> new ConfigMapBuilder(map)
                                .editMetadata()
                                .withFinalizers()
                                .endMetadata()
                                .build());
            }
        }
    }

    @Test
    void whereNobodyAnswersThereIsNoCheck(@TempDir Path directory) throws Exception {
        Path kubeconfig = Files.writeString(directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: gone, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: me, user: {token: x}}]
                contexts: [{name: gone, context: {cluster: gone, user: me}}]
                current-context: gone
                """.formatted(Loopback.freePort()));
        Lvc lvc = new Lvc(Map.of("LVC_KUBERNETES_KUBECONFIG", kubeconfig.toString(), "LVC_TIMEOUT", "2s"));
        for (List<String> command : List.of(List.of("check", "--pre"), List.of("check"), List.of("uninstall"))) {
            Result result = lvc.run(command.toArray(String[]::new));
            assertThat(result.exit()).as(result.err()).isEqualTo(4);
            assertThat(result.err()).contains("the API server did not answer");
        }
        Result unknown = lvc.run("check", "--context", "typo");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no context 'typo'");
    }

    /** "about: what" of the findings with a mark. */
    private static List<String> marked(Result result, String mark) throws Exception {
        List<String> found = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            JsonNode finding = new ObjectMapper().readTree(line).path("finding");
            if (finding.path("mark").asText().equals(mark)) {
                found.add(finding.path("about").asText() + ": "
                        + finding.path("what").asText());
            }
        }
        return found;
    }
}
