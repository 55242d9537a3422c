package lvc.acceptance.serve;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lvc.acceptance.kube.KubeCluster;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.cache.topic.Notice;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static lvc.acceptance.serve.CacheAccount.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * That the pods of a Service are told what changes, as a real API server names them: over TLS, as a service account that
 * has what manifests/cache-push gives it and nothing else.
 */
@Timeout(180)
class PushToPodsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String service = "readers-" + NUMBERS.incrementAndGet();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void podsAreToldWhileTheyAreReadyAndWhatTheyMissedOnceTheyAreAgain() throws Exception {
        KubeCluster cluster = KubeCluster.shared();
        CacheAccount.apply(cluster);
        String topic = topic();
        try (KubernetesClient client = cluster.client();
                PodNetwork network = new PodNetwork();
                PushingCache cache = cache(topic, account(client, "cache"))) {
            Readers readers = new Readers(client, service);
            String first = readers.start("first");
            String second = readers.start("second");
            awaitPods(cache, first, second);

            write(topic, "a", "1");
            awaitTold(network, Map.of("a", "1"), first, second);

            readers.ready("second", false);
            // The cache hears of this one after the other is not ready any more.
            String third = readers.start("third");
            awaitPods(cache, first, second, third);
            write(topic, "a", "2");
            write(topic, "b", "1");
            write(topic, "a", "3");
            awaitTold(network, Map.of("a", "3", "b", "1"), first, third);
            assertThat(network.to(second)).as("told while it was not ready").hasSize(1);

            readers.ready("second", true);
            await().atMost(SOON).until(() -> network.to(second).size() > 1);
            assertThat(network.to(second)).as("what it missed comes in one").hasSize(2);
            assertThat(network.to(second).get(1).body().path("changes")).hasSize(2);
            assertThat(network.to(second).get(1).changes()).isEqualTo(Map.of("a", "3", "b", "1"));

            int before = network.to(first).size();
            readers.delete("first");
            awaitPods(cache, second, third);
            write(topic, "c", "1");
            awaitTold(network, Map.of("a", "3", "b", "1", "c", "1"), second, third);
            assertThat(network.to(first)).as("told after it was gone").hasSize(before);
            assertThat(cache.watchFailures()).isZero();
            assertThat(cache.noticesOf(service)).isEmpty();
        }
    }

    @Test
    void podsOfTheManifestsAreLetIn() throws Exception {
        KubeCluster cluster = KubeCluster.shared();
        CacheAccount.apply(cluster);
        try (KubernetesClient client = cluster.client()) {
            client.apps()
                    .deployments()
                    .inNamespace(NAMESPACE)
                    .withName("cache")
                    .waitUntilReady(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void manifestsGiveNoMoreThanItTakes() throws Exception {
        KubeCluster cluster = KubeCluster.shared();
        CacheAccount.apply(cluster);
        try (KubernetesClient client = cluster.client();
                KubernetesClient cache = as(client, new CacheAccount(client, "cache", folder).token())) {
            assertThat(may(cache, "list", "discovery.k8s.io", "endpointslices", NAMESPACE))
                    .isTrue();
            assertThat(may(cache, "watch", "discovery.k8s.io", "endpointslices", NAMESPACE))
                    .isTrue();
            assertThat(may(cache, "get", "discovery.k8s.io", "endpointslices", NAMESPACE))
                    .isFalse();
            assertThat(may(cache, "list", "discovery.k8s.io", "endpointslices", "default"))
                    .isFalse();
            assertThat(may(cache, "list", "", "pods", NAMESPACE)).isFalse();
            assertThat(may(cache, "list", "", "secrets", NAMESPACE)).isFalse();
        }
    }

    @Test
    void goesOnWithAnApiServerThatWasAway() throws Exception {
        String topic = topic();
        try (KubeCluster cluster = KubeCluster.bare();
                KubernetesClient client = cluster.client();
                PodNetwork network = new PodNetwork()) {
            CacheAccount.apply(cluster);
            client.resource(slice("10.1.0.1")).create();
            try (PushingCache cache = cache(topic, account(client, "cache"))) {
                awaitPods(cache, "10.1.0.1");

                cluster.stopApiServer();
                await().atMost(SOON).until(() -> told(cache, "cannot be watched"));
                write(topic, "a", "1");
                awaitTold(network, Map.of("a", "1"), "10.1.0.1");

                cluster.startApiServer();
                await().atMost(SOON).until(() -> told(cache, "is watched again"));
                client.resource(slice("10.1.0.1", "10.1.0.2")).update();
                awaitPods(cache, "10.1.0.1", "10.1.0.2");
                write(topic, "b", "1");
                awaitTold(network, Map.of("a", "1", "b", "1"), "10.1.0.1");
                awaitTold(network, Map.of("b", "1"), "10.1.0.2");
            }
        }
    }

    @Test
    void accountWithoutTheRoleIsSaidAndTakesNothingFromReadersOverHttp() throws Exception {
        KubeCluster cluster = KubeCluster.shared();
        CacheAccount.apply(cluster);
        String topic = topic();
        write(topic, "a", "1");
        try (KubernetesClient client = cluster.client();
                PodNetwork network = new PodNetwork()) {
            String pod = new Readers(client, service).start("only");
            String account = "cache-of-" + service;
            client.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(account)
                            .withNamespace(NAMESPACE)
                            .endMetadata()
                            .build())
                    .create();
            try (PushingCache cache = cache(topic, account(client, account))) {
                await().atMost(SOON).until(() -> told(cache, "cannot be watched"));
                assertThat(cache.noticesOf(service))
                        .extracting(Notice::why)
                        .containsExactly("the API server answered 403 to"
                                + " /apis/discovery.k8s.io/v1/namespaces/lvc-cache/endpointslices");
                assertThat(cache.watchFailures()).isGreaterThanOrEqualTo(2);
                write(topic, "b", "1");
                await().atMost(SOON).until(() -> cache.values(topic).equals(Map.of("a", "1", "b", "1")));
                assertThat(cache.pods()).isEmpty();

                bind(client, account);
                await().atMost(SOON).until(() -> told(cache, "is watched again"));
                awaitPods(cache, pod);
                write(topic, "c", "1");
                awaitTold(network, Map.of("c", "1"), pod);
            }
        }
    }

    private static String topic() {
        return ChildSandbox.shared().topic(1, COMPACTED);
    }

    private static void write(String topic, String key, String value) {
        Feeds.write(ChildSandbox.shared(), new ProducerRecord<>(topic, key, value));
    }

    private CacheAccount account(KubernetesClient client, String name) {
        return new CacheAccount(client, name, folder);
    }

    private PushingCache cache(String topic, CacheAccount account) {
        PushingCache cache = new PushingCache(ChildSandbox.shared(), topic, service, account);
        await().atMost(SOON).until(cache::isReady);
        return cache;
    }

    private boolean told(PushingCache cache, String what) {
        return cache.noticesOf(service).stream()
                .anyMatch(notice -> notice.what().equals(what));
    }

    private static void awaitPods(PushingCache cache, String... ips) {
        await().atMost(SOON).untilAsserted(() -> assertThat(cache.pods()).isEqualTo(Set.of(ips)));
    }

    private static void awaitTold(PodNetwork network, Map<String, String> values, String... ips) {
        for (String ip : ips) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(network.values(ip)).as(ip).isEqualTo(values));
        }
    }

    /** Pods of a Service for which no controller speaks. */
    private EndpointSlice slice(String... ips) {
        EndpointSliceBuilder slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(service)
                .withNamespace(NAMESPACE)
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withPort(PodNetwork.PORT)
                .endPort();
        for (String ip : ips) {
            slice.addNewEndpoint()
                    .withAddresses(ip)
                    .withNewConditions()
                    .withReady(true)
                    .endConditions()
                    .endEndpoint();
        }
        return slice.build();
    }

    /** Gives another account what the manifests give theirs. */
    private void bind(KubernetesClient client, String account) {
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "cache-push")
                        .addNewSubject(null, "ServiceAccount", account, NAMESPACE)
                        .build())
                .create();
    }

    private static KubernetesClient as(KubernetesClient client, String token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(client.getMasterUrl().toString())
                .withCaCertData(client.getConfiguration().getCaCertData())
                .withOauthToken(token)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static boolean may(KubernetesClient client, String verb, String group, String resource, String namespace) {
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}
