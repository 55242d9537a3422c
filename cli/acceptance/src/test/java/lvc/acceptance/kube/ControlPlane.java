package lvc.acceptance.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The programs that make a Kubernetes, with their files in one directory. The API server makes its own certificate, with
 * an authority of its own; who is who, it reads from a list of tokens.
 */
final class ControlPlane implements AutoCloseable {

    private final Path directory;
    private final Path kubernetes;
    private final int port = Loopback.freePort();
    private final List<Program> programs = new ArrayList<>();
    private List<String> apiServer = List.of();

    /**
     * @param directory an empty one, which goes when the programs end
     * @param kubernetes the folder of Kubernetes' programs
     */
    ControlPlane(Path directory, Path kubernetes) {
        this.directory = directory;
        this.kubernetes = kubernetes;
    }

    /** Starts etcd. It need not survive a power failure, so it does not wait for the disk. */
    Program etcd(Path etcd, int clients) {
        String address = Loopback.http(clients).toString();
        String peers = Loopback.http(Loopback.freePort()).toString();
        return start(
                etcd,
                "--name=only",
                "--data-dir=" + directory.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + address,
                "--advertise-client-urls=" + address,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=only=" + peers);
    }

    /**
     * Starts the API server.
     *
     * @param etcd the port of etcd
     * @param users names, and the groups of each, separated by commas
     */
    Program apiServer(int etcd, Map<String, String> users) {
        List<String> tokens = new ArrayList<>();
        users.forEach((name, groups) -> {
            String token = UUID.randomUUID().toString();
            tokens.add("%s,%s,%s,\"%s\"".formatted(token, name, name, groups));
            write(name + ".token", token);
        });
        write("tokens.csv", String.join("\n", tokens));
        KeyPair accounts = keys();
        write("accounts.pub", pem("PUBLIC KEY", accounts.getPublic()));
        write("accounts.key", pem("PRIVATE KEY", accounts.getPrivate()));
        apiServer = List.of(
                "--etcd-servers=" + Loopback.http(etcd),
                "--bind-address=" + Loopback.ADDRESS,
                "--advertise-address=" + Loopback.ADDRESS,
                // A loopback address may not be an endpoint of the service "kubernetes"; nobody in here would use it.
                "--endpoint-reconciler-type=none",
                "--secure-port=" + port,
                "--cert-dir=" + directory,
                "--token-auth-file=" + directory.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + directory.resolve("accounts.pub"),
                "--service-account-signing-key-file=" + directory.resolve("accounts.key"),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--allow-privileged=true",
                // When it is asked to end, it waits for watches two seconds, not a minute.
                "--shutdown-send-retry-after=true",
                "--kubelet-preferred-address-types=InternalIP");
        return apiServer();
    }

    /** Starts the API server as it was started before: same port, same certificate, same users. */
    Program apiServer() {
        return start(kubernetes.resolve("kube-apiserver"), apiServer.toArray(String[]::new));
    }

    /** Starts the controllers; volumes that are claimed become empty directories. */
    Program controllers(Path kubeconfig) {
        return start(
                kubernetes.resolve("kube-controller-manager"),
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--secure-port=0",
                "--root-ca-file=" + certificate(),
                "--service-account-private-key-file=" + directory.resolve("accounts.key"),
                "--enable-hostpath-provisioner=true",
                // A busy machine makes heartbeats late. A node that was given up comes back without its addresses.
                "--node-monitor-grace-period=1h");
    }

    Program scheduler(Path kubeconfig) {
        return start(
                kubernetes.resolve("kube-scheduler"),
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--secure-port=0");
    }

    /** Starts the one who plays all nodes. The API server comes to its port, as it would to that of a kubelet. */
    Program nodes(Path kwok, Path kubeconfig, List<String> kinds) {
        int kubelet = Loopback.freePort();
        return start(
                kwok.resolve("kwok"),
                "--kubeconfig=" + kubeconfig,
                "--manage-all-nodes=true",
                "--enable-crds=" + String.join(",", kinds),
                "--node-ip=" + Loopback.ADDRESS,
                "--node-port=" + kubelet,
                "--server-address=" + Loopback.at(kubelet),
                "--tls-cert-file=" + certificate(),
                "--tls-private-key-file=" + directory.resolve("apiserver.key"));
    }

    /** The certificate of the API server and that of its authority. There when the API server is. */
    Path certificate() {
        return directory.resolve("apiserver.crt");
    }

    /** Writes down how a user comes to the API server; its certificate must be there. */
    Path kubeconfig(String user) {
        try {
            return write(user + ".kubeconfig", """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: lvc, cluster: {server: "https://%s:%d", certificate-authority-data: %s}}]
                    users: [{name: %4$s, user: {token: %5$s}}]
                    contexts: [{name: lvc, context: {cluster: lvc, user: %4$s}}]
                    current-context: lvc
                    """.formatted(
                            Loopback.ADDRESS,
                            port,
                            Base64.getEncoder().encodeToString(Files.readAllBytes(certificate())),
                            user,
                            Files.readString(directory.resolve(user + ".token"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program start(Path program, String... arguments) {
        Program started = Program.start(directory, Map.of(), program, List.of(arguments));
        programs.add(started);
        return started;
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the tokens of service accounts are signed with, and proved by. */
    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()));
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }
}
