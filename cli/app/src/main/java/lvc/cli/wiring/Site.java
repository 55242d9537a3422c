package lvc.cli.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import lvc.adapter.file.SecretFile;
import lvc.adapter.kube.KubeConnection;
import lvc.adapter.kube.KubeForward;
import lvc.adapter.kube.KubeObjects;
import lvc.adapter.minio.MinioStore;
import lvc.adapter.redpanda.AdminApi;
import lvc.cli.Environment;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.core.check.Rights;
import lvc.core.event.Event;
import lvc.core.install.Credentials;
import lvc.core.install.Installer;
import lvc.core.install.Order;
import lvc.core.install.Target;
import lvc.core.port.Brokers;
import lvc.core.port.ObjectStore;
import lvc.core.port.Pause;
import lvc.core.wait.Wait;
import org.jspecify.annotations.Nullable;

/** A Kubernetes cluster, as the settings name it. Opened when first needed. */
public final class Site implements AutoCloseable {
    private static final int S3 = 9000;
    private static final int ADMIN = 9644;
    private static final int SECRET_BYTES = 20;

    private final Environment environment;
    private final Settings settings;
    private final Pause pause;
    private final Consumer<Event> events;
    private final SecureRandom random = new SecureRandom();
    private @Nullable KubeObjects objects;

    Site(Environment environment, Settings settings, Pause pause, Consumer<Event> events) {
        this.environment = environment;
        this.settings = settings;
        this.pause = pause;
        this.events = events;
    }

    /** How the cluster is reached. */
    KubeConnection connection() {
        return connection(environment, settings);
    }

    /** Which Kubernetes cluster the settings name. */
    static KubeConnection connection(Environment environment, Settings settings) {
        return new KubeConnection(
                kubeconfig(environment, settings), given(settings, Setting.CONTEXT), settings.timeout());
    }

    /** Where the kubeconfig is, or would be. */
    static Path kubeconfig(Environment environment, Settings settings) {
        return given(settings, Setting.KUBECONFIG)
                .or(() -> Optional.ofNullable(environment.variables().get("KUBECONFIG")))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kube", "config"));
    }

    private static Optional<String> given(Settings settings, Setting setting) {
        return Optional.of(settings.value(setting).text()).filter(Predicate.not(String::isEmpty));
    }

    private String text(Setting setting) {
        return settings.value(setting).text();
    }

    /** Its objects. */
    KubeObjects objects() {
        if (objects == null) {
            objects = new KubeObjects(connection());
        }
        return objects;
    }

    /** What is to be installed, and what that looks like. */
    public Manifests manifests() {
        return new Manifests(environment, settings);
    }

    /**
     * Installs.
     *
     * @param licence file with a licence that the cluster is to be given
     * @throws lvc.core.fault.Fault USAGE when there is no such cluster
     */
    public Installer installer(Order order, Optional<Path> licence) {
        return new Installer(
                objects(),
                new Installer.Outside(
                        this::store, () -> brokers(order.target()), this::secret, licence.map(SecretFile::read)),
                new Wait(pause, settings.patience(Setting.INSTALL_TIMEOUT), events),
                events);
    }

    /**
     * Makes sure that this user may install.
     *
     * @throws lvc.core.fault.Fault UNREACHABLE with every right that is missing
     */
    public void demandRights(Order order) {
        Rights.demand(objects(), Rights.Use.INSTALL, order.target());
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private ObjectStore store(Credentials root) {
        AtomicReference<String> trouble = new AtomicReference<>("");
        KubeForward forward =
                new KubeForward(connection(), (pod, why) -> trouble.set("port-forward to pod " + pod + ": " + why));
        int port = forward.forward(text(Setting.MINIO_NAMESPACE), Target.STORE + "-0", S3, 0);
        MinioStore.Way way = new MinioStore.Way() {
            @Override
            public String trouble() {
                return Objects.requireNonNull(trouble.get());
            }

            @Override
            public void close() {
                forward.close();
            }
        };
        return new MinioStore(
                URI.create("http://127.0.0.1:" + port),
                root.user(),
                root.password(),
                manifests().policy(),
                way);
    }

    private Brokers brokers(Target target) {
        KubeForward forward = new KubeForward(connection());
        return new ForwardedBrokers(adminApi(forward, target.brokerNamespace(), target.brokers()), forward);
    }

    /** The Admin API of all brokers, through ports that end with the forward. */
    AdminApi adminApi(KubeForward forward, String namespace, int brokers) {
        List<URI> admin = IntStream.range(0, brokers)
                .map(ordinal -> forward.forward(namespace, Target.BROKERS + "-" + ordinal, ADMIN, 0))
                .mapToObj(port -> URI.create("http://127.0.0.1:" + port))
                .toList();
        return new AdminApi(Workbench.adminConnection(settings, admin, true), settings.timeout());
    }

    @Override
    public void close() {
        if (objects != null) {
            objects.close();
        }
    }
}
