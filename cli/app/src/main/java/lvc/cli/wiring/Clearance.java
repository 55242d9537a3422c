package lvc.cli.wiring;

import java.time.Duration;
import java.util.function.Consumer;
import lvc.adapter.kube.KubeNeighbours;
import lvc.cli.setting.Settings;
import lvc.core.event.Event;
import lvc.core.install.Target;
import lvc.core.install.Uninstaller;
import lvc.core.port.Pause;
import lvc.core.wait.Wait;

/** What uninstall works with: a cluster, and what is to go from it. */
public final class Clearance implements AutoCloseable {
    /** A broker has 90 s for its end, and nothing is seen to move meanwhile. */
    private static final Duration END_OF_A_POD = Duration.ofMinutes(2);

    private final Site site;
    private final KubeNeighbours neighbours;
    private final Uninstaller uninstaller;
    private final Uninstaller.Order order;

    Clearance(Site site, Settings settings, boolean data, Pause pause, Consumer<Event> events) {
        this.site = site;
        this.neighbours = new KubeNeighbours(site.connection());
        Duration patience = settings.timeout().compareTo(END_OF_A_POD) > 0 ? settings.timeout() : END_OF_A_POD;
        this.uninstaller = new Uninstaller(site.objects(), neighbours, new Wait(pause, patience, events), events);
        Target target = site.manifests().target();
        this.order = new Uninstaller.Order(target.storeNamespace(), target.brokerNamespace(), data);
    }

    /** Takes away. */
    public Uninstaller uninstaller() {
        return uninstaller;
    }

    /** What is to go. */
    public Uninstaller.Order order() {
        return order;
    }

    @Override
    public void close() {
        neighbours.close();
        site.close();
    }
}
