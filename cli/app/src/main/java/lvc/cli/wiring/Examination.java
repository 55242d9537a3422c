package lvc.cli.wiring;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import lvc.adapter.kube.KubeForward;
import lvc.adapter.kube.LocalPorts;
import lvc.adapter.minio.MinioLook;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaCluster;
import lvc.adapter.redpanda.RedpandaConfiguration;
import lvc.adapter.redpanda.RedpandaLicences;
import lvc.adapter.redpanda.RedpandaVitals;
import lvc.core.check.KubeCheck;
import lvc.core.check.PreCheck;
import lvc.core.check.RedpandaCheck;
import lvc.core.install.Credentials;
import lvc.core.install.Order;
import lvc.core.install.Target;
import lvc.core.port.Pause;
import lvc.core.port.StoreLook;
import lvc.core.report.Finding;

/** What check looks at when it looks at Kubernetes, and at the brokers that run there. */
public final class Examination implements AutoCloseable {
    private static final String LOCAL = "http://127.0.0.1:";
    private static final int S3 = 9000;

    private final Site site;
    private final Pause pause;
    private final Consumer<Finding> findings;
    private final Deque<KubeForward> open = new ArrayDeque<>();

    Examination(Site site, Pause pause, Consumer<Finding> findings) {
        this.site = site;
        this.pause = pause;
        this.findings = findings;
    }

    /** Before an install. */
    public void before() {
        Order order = site.manifests().order(false, false);
        new PreCheck(site.objects(), LocalPorts::free, findings).run(order.target(), order.manifests());
    }

    /** After an install: Kubernetes first, then the brokers, if they can be asked. */
    public void after() {
        boolean answers = new KubeCheck(site.objects(), this::store, findings)
                .run(site.manifests().target());
        if (answers) {
            AdminApi admin = adminApi();
            new RedpandaCheck(
                            new RedpandaCluster(admin),
                            new RedpandaVitals(admin),
                            new RedpandaConfiguration(admin),
                            new RedpandaLicences(admin),
                            pause,
                            findings)
                    .run();
        } else {
            findings.accept(
                    Finding.odd("brokers", "not asked how they are", "nothing can be reached there: see above"));
        }
    }

    private AdminApi adminApi() {
        Target target = site.manifests().target();
        int brokers = site.objects()
                .set(target.brokerNamespace(), Target.BROKERS)
                .orElseThrow()
                .wanted();
        KubeForward forward = new KubeForward(site.connection());
        open.push(forward);
        return site.adminApi(forward, target.brokerNamespace(), brokers);
    }

    private StoreLook store(Credentials root) {
        KubeForward forward = new KubeForward(site.connection());
        int port = forward.forward(site.manifests().target().storeNamespace(), Target.STORE + "-0", S3, 0);
        return new MinioLook(URI.create(LOCAL + port), root.user(), root.password(), forward::close);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        site.close();
    }
}
