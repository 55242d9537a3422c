package lvc.acceptance.kube;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.admin.MinioAdminClient;
import io.minio.admin.UserInfo;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** That the real MinIO is one: above all, whom it refuses. No other server of S3 that was tried has users and policies. */
class MinioServerIT {

    private static final String ONLY_CACHE = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": ["arn:aws:s3:::cache/*"]}]}
            """;

    private @Nullable MinioServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private MinioServer server() {
        if (server == null) {
            server = MinioServer.start("keeper", "keeper-secret");
        }
        return server;
    }

    @BeforeEach
    void start() throws Exception {
        server().client().makeBucket(MakeBucketArgs.builder().bucket("cache").build());
    }

    @Test
    void bucketIsThereForItsOwnerOnly() throws Exception {
        // Given
        MinioClient owner = server().client();

        // When
        put(owner, "cache", "a");

        // Then
        assertThat(owner.bucketExists(BucketExistsArgs.builder().bucket("cache").build()))
                .isTrue();
        assertThat(owner.bucketExists(BucketExistsArgs.builder().bucket("other").build()))
                .isFalse();
        assertThat(Loopback.status(server().endpoint().resolve("/cache/a"))).isEqualTo(403);
        assertThat(Loopback.status(server().endpoint().resolve("/cache/"))).isEqualTo(403);
        assertRefused(server().client("keeper", "not the secret"), "cache", "SignatureDoesNotMatch");
        assertRefused(server().client("stranger", "keeper-secret"), "cache", "InvalidAccessKeyId");
    }

    @Test
    void userMayDoWhatItsPolicySays() throws Exception {
        // Given
        server().client().makeBucket(MakeBucketArgs.builder().bucket("other").build());
        MinioAdminClient admin = server().admin();

        // When
        admin.addCannedPolicy("only-cache", ONLY_CACHE);
        admin.addUser("redpanda", UserInfo.Status.ENABLED, "redpanda-secret", "", List.of());
        admin.setPolicy("redpanda", false, "only-cache");

        // Then
        MinioClient user = server().client("redpanda", "redpanda-secret");
        put(user, "cache", "a");
        assertThat(server().client().listBuckets()).hasSize(2);
        assertRefused(user, "other", "AccessDenied");
    }

    private static void assertRefused(MinioClient client, String bucket, String code) {
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> put(client, bucket, "b"))
                .satisfies(refusal -> assertThat(refusal.errorResponse().code()).isEqualTo(code));
    }

    private static void put(MinioClient client, String bucket, String object) throws Exception {
        byte[] content = "1".getBytes(UTF_8);
        client.putObject(PutObjectArgs.builder().bucket(bucket).object(object).stream(
                        new ByteArrayInputStream(content), content.length, -1)
                .build());
    }
}
