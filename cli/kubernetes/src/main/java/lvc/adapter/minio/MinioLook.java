package lvc.adapter.minio;

import io.minio.BucketExistsArgs;
import io.minio.GetBucketPolicyArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import lvc.core.fault.Fault;
import lvc.core.port.StoreLook;

/** MinIO, or what speaks its protocols, looked at and not touched. */
public final class MinioLook implements StoreLook {
    private static final String REGION = "local";
    private static final String NO_POLICY = "NoSuchBucketPolicy";

    private final MinioClient client;
    private final Runnable closing;

    /**
     * @param user the root user
     * @param closing called when this is closed
     */
    public MinioLook(URI endpoint, String user, String password, Runnable closing) {
        this.client = MinioClient.builder()
                .endpoint(endpoint.toString())
                .region(REGION)
                .credentials(user, password)
                .build();
        this.closing = closing;
    }

    @Override
    public boolean exists(String bucket) {
        return asked(() ->
                client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()));
    }

    /** Any policy of a bucket is one for everybody: users have policies of their own. */
    @Override
    public boolean open(String bucket) {
        return asked(() -> {
            try {
                return !client.getBucketPolicy(
                                GetBucketPolicyArgs.builder().bucket(bucket).build())
                        .isEmpty();
            } catch (ErrorResponseException e) {
                if (e.errorResponse().code().equals(NO_POLICY)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** A call to the object store. */
    @FunctionalInterface
    private interface Call {
        boolean now() throws MinioException, GeneralSecurityException, IOException;
    }

    private static boolean asked(Call call) {
        String what = "object store not looked at";
        try {
            return call.now();
        } catch (IOException e) {
            throw Fault.unreachable(what, "it did not answer: " + e.getMessage(), "lvc install waits until it does")
                    .causedBy(e);
        } catch (MinioException | GeneralSecurityException | RuntimeException e) {
            throw Fault.failed(
                            what,
                            "it said: " + e.getMessage(),
                            "was its volume kept from an earlier install, and its Secret not? Then both have to go, or"
                                    + " the Secret has to come back")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
