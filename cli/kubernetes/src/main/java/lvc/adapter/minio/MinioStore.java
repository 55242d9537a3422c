package lvc.adapter.minio;

import io.minio.BucketExistsArgs;
import io.minio.DeleteBucketPolicyArgs;
import io.minio.GetBucketPolicyArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.admin.MinioAdminClient;
import io.minio.admin.UserInfo;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import lvc.core.fault.Fault;
import lvc.core.port.ObjectStore;
import lvc.core.report.Made;
import org.bouncycastle.crypto.InvalidCipherTextException;

/**
 * MinIO, or what speaks its protocols. The user gets a policy of its own and is no service account: those can escape
 * theirs in the last published image (CVE-2025-62506).
 */
public final class MinioStore implements ObjectStore {
    private static final String REGION = "local";
    private static final String POLICY = "lvc-";
    private static final String NO_POLICY = "NoSuchBucketPolicy";

    private final MinioClient client;
    private final MinioAdminClient admin;
    private final String template;
    private final Way way;

    /**
     * @param policy what the user may do, as JSON, for a bucket named {@code redpanda}
     * @param user the root user
     * @param way on which it is reached
     */
    public MinioStore(URI endpoint, String user, String password, String policy, Way way) {
        this.client = MinioClient.builder()
                .endpoint(endpoint.toString())
                .region(REGION)
                .credentials(user, password)
                .build();
        this.admin = MinioAdminClient.builder()
                .endpoint(endpoint.toString())
                .region(REGION)
                .credentials(user, password)
                .build();
        this.template = policy;
        this.way = way;
    }

    @Override
    public Made bucket(String name) {
        return asked("bucket " + name + " not made", () -> {
            if (client.bucketExists(BucketExistsArgs.builder().bucket(name).build())) {
                return Made.UNCHANGED;
            }
            client.makeBucket(MakeBucketArgs.builder().bucket(name).build());
            return Made.CREATED;
        });
    }

    @Override
    public Made closeToAnonymous(String bucket) {
        return asked("bucket " + bucket + " not closed", () -> {
            if (policy(bucket).isEmpty()) {
                return Made.UNCHANGED;
            }
            client.deleteBucketPolicy(
                    DeleteBucketPolicyArgs.builder().bucket(bucket).build());
            return Made.CHANGED;
        });
    }

    private String policy(String bucket) throws MinioException, GeneralSecurityException, IOException {
        try {
            return client.getBucketPolicy(
                    GetBucketPolicyArgs.builder().bucket(bucket).build());
        } catch (ErrorResponseException e) {
            if (e.errorResponse().code().equals(NO_POLICY)) {
                return "";
            }
            throw e;
        }
    }

    @Override
    public Made user(String accessKey, String secretKey, String bucket) {
        return asked("user " + accessKey + " of the object store not made", () -> {
            Map<String, UserInfo> users = admin.listUsers();
            admin.addCannedPolicy(POLICY + bucket, template.replace("arn:aws:s3:::redpanda", "arn:aws:s3:::" + bucket));
            admin.addUser(accessKey, UserInfo.Status.ENABLED, secretKey, null, null);
            admin.setPolicy(accessKey, false, POLICY + bucket);
            return users.containsKey(accessKey) ? Made.UNCHANGED : Made.CREATED;
        });
    }

    @Override
    public List<String> removeOthers(String accessKey, String bucket) {
        return asked("old users of the object store not removed", () -> {
            List<String> others = admin.listUsers().entrySet().stream()
                    .filter(user -> (POLICY + bucket).equals(user.getValue().policyName()))
                    .map(Map.Entry::getKey)
                    .filter(user -> !user.equals(accessKey))
                    .sorted()
                    .toList();
            for (String user : others) {
                admin.deleteUser(user);
            }
            return others;
        });
    }

    /** How the endpoint is reached. */
    public interface Way extends AutoCloseable {

        /** What went wrong there last, for people; empty when nothing did. */
        String trouble();

        @Override
        void close();
    }

    /** A call to the object store. */
    @FunctionalInterface
    private interface Call<T> {
        T now() throws MinioException, GeneralSecurityException, InvalidCipherTextException, IOException;
    }

    private <T> T asked(String what, Call<T> call) {
        try {
            return call.now();
        } catch (IOException e) {
            throw Fault.unreachable(what, "the object store did not answer: " + said(e), "the same command again")
                    .causedBy(e);
        } catch (MinioException | GeneralSecurityException | InvalidCipherTextException | RuntimeException e) {
            throw Fault.failed(
                            what,
                            "the object store said: " + e.getMessage(),
                            "was its volume kept from an earlier install, and its Secret not? Then both have to go, or"
                                    + " the Secret has to come back")
                    .causedBy(e);
        }
    }

    private String said(IOException e) {
        return e.getMessage() + (way.trouble().isEmpty() ? "" : " (" + way.trouble() + ")");
    }

    @Override
    public void close() {
        way.close();
    }
}
