package lvc.cli.wiring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import lvc.adapter.time.SystemPause;
import lvc.cli.Environment;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.cli.setting.SettingsFile;
import lvc.core.event.Event;
import lvc.core.port.Pause;

/** Knows how everything is put together, and puts together nothing before it is asked: help opens no connection. */
public final class Wiring {
    private final Environment environment;
    private final Pause pause = new SystemPause();
    private final AtomicBoolean warned = new AtomicBoolean();

    public Wiring(Environment environment) {
        this.environment = environment;
    }

    /** The world the command was started in. */
    public Environment environment() {
        return environment;
    }

    /** Time. */
    public Pause pause() {
        return pause;
    }

    /** What to say, once, of variables that are nearly those of settings: somebody may believe in them. */
    public List<String> warnings() {
        return warned.getAndSet(true)
                ? List.of()
                : Setting.misspelt(environment.variables().keySet());
    }

    /**
     * Reads the settings.
     *
     * @param cache the cache that is meant
     * @param flags given on the command line, by key
     * @param named the settings file that was named
     */
    public Settings settings(String cache, Map<String, String> flags, Optional<Path> named) {
        return Settings.of(
                cache,
                flags,
                environment.variables(),
                SettingsFile.find(named, environment.workingDirectory(), environment.home()));
    }

    /**
     * Begins to tell Prometheus what a run is at.
     *
     * @param port on the loopback address, 0 for one that is free
     * @param file written at the end
     */
    public Metrics metrics(Optional<Integer> port, Optional<Path> file) {
        return new Metrics(port, file, pause::now);
    }

    /**
     * Opens the Kubernetes cluster that the settings name.
     *
     * @throws lvc.core.fault.Fault USAGE when there is none
     */
    public Site site(Settings settings, Consumer<Event> events) {
        return new Site(environment, settings, pause, events);
    }

    /** Whether there is a file that names Kubernetes clusters. */
    public boolean hasKubeconfig(Settings settings) {
        return Files.isReadable(Site.kubeconfig(environment, settings));
    }

    /**
     * Opens what uninstall works with.
     *
     * @throws lvc.core.fault.Fault USAGE when there is no Kubernetes cluster
     */
    public Clearance clearance(Settings settings, boolean data, Consumer<Event> events) {
        return new Clearance(site(settings, events), settings, data, pause, events);
    }

    /**
     * Opens what check works with on Kubernetes.
     *
     * @throws lvc.core.fault.Fault USAGE when there is no Kubernetes cluster
     */
    public Examination examination(Settings settings, Consumer<Event> events) {
        return new Examination(site(settings, events), pause, finding -> events.accept(new Event.Checked(finding)));
    }

    /**
     * Opens the ports through which others reach the brokers in Kubernetes.
     *
     * @param adminPort of the first broker's Admin API; empty for the usual one, 0 for any that is free
     * @throws lvc.core.fault.Fault REFUSED when a port is taken or nothing is installed
     */
    public PortForwards portForwards(Settings settings, Optional<Integer> adminPort) {
        return PortForwards.ofOthers(environment, settings, adminPort);
    }

    /**
     * Opens what a command works with.
     *
     * @param sandbox whether to start a temporary sandbox for it
     */
    public Workbench open(Settings settings, boolean sandbox, Consumer<Event> events) {
        return new Workbench(environment, settings, sandbox, pause, events);
    }
}
