package lvc.acceptance.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minio.BucketExistsArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SetBucketPolicyArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.acceptance.recreate.Lvc.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Installed once and again, on a real API server, with a real object store. */
@Timeout(240)
class InstallIT {
    private static final String BUCKET = "redpanda";
    private static final String OPEN = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["s3:GetObject"],
               "Resource": ["arn:aws:s3:::redpanda/*"]}]}
            """;

    @Test
    void theSecondTimeNothingIsTouched() {
        try (InstallGround ground = InstallGround.fresh()) {
            Result first = install(ground);
            assertThat(first.out())
                    .contains("created bucket redpanda", "unchanged cluster properties", "installed: 1 broker");
            Map<String, String> before = versions(ground);

            Result second = ground.lvc().run("install");

            assertThat(second.exit()).as(second.err()).isZero();
            assertThat(second.out()).contains("nothing to do").doesNotContainPattern("(?m)^(created|changed|deleted)");
            assertThat(versions(ground)).isEqualTo(before);
        }
    }

    @Test
    void nobodyIsShownASecret() {
        try (InstallGround ground = InstallGround.fresh()) {
            Result human = ground.lvc().run("install", "--yes");
            Result json = ground.lvc().run("install", "--yes", "-o", "json");
            Result rotated = ground.lvc().run("install", "--yes", "--rotate-credentials", "-o", "json");
            Result client = ground.lvc().run("install", "--dry-run=client");
            Stream.of(human, json, rotated, client)
                    .forEach(
                            result -> assertThat(result.exit()).as(result.err()).isZero());

            String said = Stream.of(human, json, rotated, client)
                    .map(result -> result.out() + result.err())
                    .collect(Collectors.joining());
            String rendered = objects(ground)
                    .filter(each -> !(each instanceof Secret))
                    .map(Serialization::asYaml)
                    .collect(Collectors.joining());
            List<String> secrets = List.of(
                    secret(ground, ground.storeNamespace(), "minio-root", "root-password"),
                    secret(ground, ground.brokerNamespace(), "redpanda-object-store", "secret-key"));
            for (String secret : secrets) {
                assertThat(secret).hasSize(40);
                String encoded = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
                assertThat(said).doesNotContain(secret, encoded);
                assertThat(rendered).doesNotContain(secret, encoded);
            }
        }
    }

    @Test
    void theBrokersMayUseTheirBucketAndNothingElseAndTheWorldNothing() throws Exception {
        try (InstallGround ground = InstallGround.fresh()) {
            install(ground);
            MinioServer store = ground.pods().store();
            MinioClient user = user(ground);
            MinioClient root = store.client(
                    secret(ground, ground.storeNamespace(), "minio-root", "root-user"),
                    secret(ground, ground.storeNamespace(), "minio-root", "root-password"));
            root.makeBucket(MakeBucketArgs.builder().bucket("another").build());

            put(user, BUCKET, "0/a");
            assertThat(user.listObjects(ListObjectsArgs.builder()
                            .bucket(BUCKET)
                            .recursive(true)
                            .build()))
                    .hasSize(1);
            assertThat(user.bucketExists(
                            BucketExistsArgs.builder().bucket(BUCKET).build()))
                    .isTrue();
            user.removeObject(
                    RemoveObjectArgs.builder().bucket(BUCKET).object("0/a").build());
            refused(() -> put(user, "another", "a"));
            refused(() ->
                    user.makeBucket(MakeBucketArgs.builder().bucket("third").build()));
            refused(() -> user.setBucketPolicy(
                    SetBucketPolicyArgs.builder().bucket(BUCKET).config(OPEN).build()));

            put(user, BUCKET, "0/b");
            assertThat(Loopback.status(store.endpoint().resolve("/redpanda/0/b")))
                    .isEqualTo(403);
            root.setBucketPolicy(
                    SetBucketPolicyArgs.builder().bucket(BUCKET).config(OPEN).build());
            assertThat(Loopback.status(store.endpoint().resolve("/redpanda/0/b")))
                    .isEqualTo(200);

            Result again = install(ground);

            assertThat(again.out()).contains("closed bucket redpanda: everybody could read or write it before");
            assertThat(Loopback.status(store.endpoint().resolve("/redpanda/0/b")))
                    .isEqualTo(403);
        }
    }

    @Test
    void rotationLeavesNobodyWithoutAndNothingOldBehind() throws Exception {
        try (InstallGround ground = InstallGround.fresh()) {
            install(ground);
            MinioClient before = user(ground);
            String rootBefore = secret(ground, ground.storeNamespace(), "minio-root", "root-password");
            put(before, BUCKET, "0/a");
            Map<String, String> pods = uids(ground);

            Result rotation = ground.lvc().run("install", "--rotate-credentials", "--yes");

            assertThat(rotation.exit()).as(rotation.err()).isZero();
            assertThat(rotation.out())
                    .contains("changed cluster properties cloud_storage_access_key, cloud_storage_secret_key")
                    .contains("removed user");
            assertThat(uids(ground).keySet()).isEqualTo(pods.keySet());
            assertThat(uids(ground).values()).doesNotContainAnyElementsOf(pods.values());
            put(user(ground), BUCKET, "0/b");
            // The server is another one now, at another port, over the same volume.
            MinioServer store = ground.pods().store();
            refused(() -> put(store.client("root", rootBefore), BUCKET, "0/c"));
            assertThat(user(ground)
                            .listObjects(ListObjectsArgs.builder()
                                    .bucket(BUCKET)
                                    .recursive(true)
                                    .build()))
                    .hasSize(2);
            assertThat(store.admin(
                                    secret(ground, ground.storeNamespace(), "minio-root", "root-user"),
                                    secret(ground, ground.storeNamespace(), "minio-root", "root-password"))
                            .listUsers())
                    .containsOnlyKeys(secret(ground, ground.brokerNamespace(), "redpanda-object-store", "access-key"));
            assertThat(ground.lvc().run("install").out()).contains("nothing to do");
        }
    }

    private static Result install(InstallGround ground) {
        Result result = ground.lvc().run("install", "--yes");
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }

    private static MinioClient user(InstallGround ground) {
        return ground.pods()
                .store()
                .client(
                        secret(ground, ground.brokerNamespace(), "redpanda-object-store", "access-key"),
                        secret(ground, ground.brokerNamespace(), "redpanda-object-store", "secret-key"));
    }

    private static String secret(InstallGround ground, String namespace, String name, String key) {
        Secret secret =
                ground.client().secrets().inNamespace(namespace).withName(name).get();
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), UTF_8);
    }

    /** A call that the object store is to refuse. */
    @FunctionalInterface
    private interface Call {
        void now() throws Exception;
    }

    private static void refused(Call call) {
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(call::now)
                .satisfies(refusal -> assertThat(refusal.response().code()).isEqualTo(403));
    }

    private static void put(MinioClient client, String bucket, String object) throws Exception {
        byte[] content = "1".getBytes(UTF_8);
        client.putObject(PutObjectArgs.builder().bucket(bucket).object(object).stream(
                        new ByteArrayInputStream(content), content.length, -1)
                .build());
    }

    private static Stream<HasMetadata> objects(InstallGround ground) {
        KubernetesClient client = ground.client();
        return Stream.of(ground.storeNamespace(), ground.brokerNamespace()).flatMap(namespace -> Stream.of(
                        client.apps().statefulSets().inNamespace(namespace).list(),
                        client.services().inNamespace(namespace).list(),
                        client.configMaps().inNamespace(namespace).list(),
                        client.serviceAccounts().inNamespace(namespace).list(),
                        client.network()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list(),
                        client.secrets().inNamespace(namespace).list(),
                        client.pods().inNamespace(namespace).list())
                .flatMap(list -> list.getItems().stream()));
    }

    private static Map<String, String> versions(InstallGround ground) {
        return objects(ground)
                .collect(Collectors.toMap(
                        each -> each.getKind() + " " + each.getMetadata().getName() + " "
                                + each.getMetadata().getNamespace(),
                        each -> each.getMetadata().getResourceVersion()));
    }

    private static Map<String, String> uids(InstallGround ground) {
        return objects(ground)
                .filter(Pod.class::isInstance)
                .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), pod -> pod.getMetadata()
                        .getUid()));
    }
}
