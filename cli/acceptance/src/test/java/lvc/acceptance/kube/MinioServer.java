package lvc.acceptance.kube;

import io.minio.MinioClient;
import io.minio.admin.MinioAdminClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lvc.acceptance.real.RealComponent;

/**
 * A real MinIO on free ports of the loopback interface, with one drive in a directory of its own. It keeps nothing: when
 * it is closed, or this process is gone, the directory goes too.
 */
public final class MinioServer implements AutoCloseable {
    private final Program program;
    private final int port;
    private final String user;
    private final String password;

    private MinioServer(Program program, int port, String user, String password) {
        this.program = program;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /**
     * Starts one and waits until it is ready. The calling test ends, skipped, when there is no MinIO.
     *
     * @param user the root user, three characters at least
     * @param password of the root user, eight characters at least
     */
    public static MinioServer start(String user, String password) {
        RealComponent.MINIO.require();
        Path directory = Program.directory("lvc-minio-");
        return start(user, password, directory, directory.resolve("drive"));
    }

    /** The same with a drive of somebody else's, which stays. */
    static MinioServer start(String user, String password, Path drive) {
        RealComponent.MINIO.require();
        return start(user, password, Program.directory("lvc-minio-"), drive);
    }

    private static MinioServer start(String user, String password, Path directory, Path drive) {
        Path minio = RealComponent.MINIO.require();
        int port = Loopback.freePort();
        Program program = Program.start(
                directory,
                Map.of("MINIO_ROOT_USER", user, "MINIO_ROOT_PASSWORD", password, "MINIO_UPDATE", "off"),
                minio,
                List.of(
                        "server",
                        "--address",
                        Loopback.at(port),
                        "--console-address",
                        Loopback.at(Loopback.freePort()),
                        drive.toString()));
        MinioServer server = new MinioServer(program, port, user, password);
        try {
            program.await("ready", () -> Loopback.status(server.endpoint().resolve("/minio/health/ready")) == 200);
        } catch (IllegalStateException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Where S3 and the admin API are spoken: http, 127.0.0.1 and a port. */
    public URI endpoint() {
        return Loopback.http(port);
    }

    /** The port of {@link #endpoint()}. */
    public int port() {
        return port;
    }

    /** An S3 client of the root user. */
    public MinioClient client() {
        return client(user, password);
    }

    /** An S3 client of somebody. It knows the region, else it asks for that of the bucket, which not everybody may know. */
    public MinioClient client(String name, String secret) {
        return MinioClient.builder()
                .endpoint(endpoint().toString())
                .region("us-east-1")
                .credentials(name, secret)
                .build();
    }

    /** A client of the admin API, as the root user. */
    public MinioAdminClient admin() {
        return admin(user, password);
    }

    /** A client of the admin API, as somebody else. */
    MinioAdminClient admin(String name, String secret) {
        return MinioAdminClient.builder()
                .endpoint(endpoint().toString())
                .credentials(name, secret)
                .build();
    }

    @Override
    public void close() {
        program.close();
    }
}
