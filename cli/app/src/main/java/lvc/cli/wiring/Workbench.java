package lvc.cli.wiring;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.adapter.file.SecretFile;
import lvc.adapter.journal.Heartbeat;
import lvc.adapter.journal.KafkaJournal;
import lvc.adapter.kafka.ClientProperties;
import lvc.adapter.kafka.KafkaGroups;
import lvc.adapter.kafka.KafkaPartitions;
import lvc.adapter.kafka.KafkaRecords;
import lvc.adapter.kafka.KafkaTopics;
import lvc.adapter.kafka.TransformLogs;
import lvc.adapter.prometheus.PrometheusLag;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaCluster;
import lvc.adapter.redpanda.RedpandaConfiguration;
import lvc.adapter.redpanda.RedpandaLicences;
import lvc.adapter.redpanda.RedpandaPartitions;
import lvc.adapter.redpanda.RedpandaTransforms;
import lvc.adapter.redpanda.RedpandaVitals;
import lvc.adapter.redpanda.Trust;
import lvc.cache.ServeSettings;
import lvc.cache.Serving;
import lvc.cli.Environment;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.cli.setting.Suggestion;
import lvc.core.cache.CreateTopics;
import lvc.core.cache.DeleteTopics;
import lvc.core.cache.Deployer;
import lvc.core.cache.RunId;
import lvc.core.cache.Sampler;
import lvc.core.check.RedpandaCheck;
import lvc.core.demo.Demo;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.journal.JournalTopic;
import lvc.core.port.Cluster;
import lvc.core.port.Groups;
import lvc.core.port.Journal;
import lvc.core.port.Lag;
import lvc.core.port.Licences;
import lvc.core.port.Pause;
import lvc.core.port.Records;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.recreate.Chronicle;
import lvc.core.recreate.Fence;
import lvc.core.recreate.History;
import lvc.core.recreate.Recreate;
import lvc.core.recreate.RepairBackup;
import lvc.core.recreate.TurnedAway;
import lvc.core.recreate.Wishes;
import lvc.core.report.Finding;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicState;
import lvc.core.transform.TransformState;
import lvc.core.verify.Verify;
import lvc.core.wait.Wait;
import org.jspecify.annotations.Nullable;

/** The connections of one command to one cluster. Each is opened when it is first used; all are closed together. */
public final class Workbench implements AutoCloseable {
    private final Settings settings;
    private final Pause pause;
    private final Consumer<Event> events;
    private final Deque<Runnable> open = new ArrayDeque<>();
    private final ChosenCluster cluster;
    private final boolean sandbox;
    private @Nullable Map<String, Object> connection;
    private @Nullable KafkaTopics topics;
    private @Nullable AdminApi admin;

    Workbench(Environment environment, Settings settings, boolean sandbox, Pause pause, Consumer<Event> events) {
        this.settings = settings;
        this.pause = pause;
        this.events = events;
        this.sandbox = sandbox;
        this.cluster = sandbox ? startSandbox(environment) : choose(environment);
        events.accept(new Event.ClusterChosen(
                cluster.brokers(),
                String.join(",", cluster.admin().stream().map(URI::toString).toList()),
                cluster.origin()));
    }

    private ChosenCluster startSandbox(Environment environment) {
        SandboxProcess process = SandboxProcess.start(environment.home());
        open.push(process::close);
        return new ChosenCluster(process.brokers(), List.of(URI.create(process.admin())), "--sandbox, gone at the end");
    }

    private ChosenCluster choose(Environment environment) {
        if (!ChosenCluster.inKubernetes(settings)) {
            return ChosenCluster.of(settings);
        }
        PortForwards forwards = PortForwards.ofOneCommand(environment, settings);
        open.push(forwards::close);
        return forwards.cluster();
    }

    /** Whether the cluster is a sandbox of this command's own. */
    public boolean ownSandbox() {
        return sandbox;
    }

    /** Where the cluster is, for people. */
    public String where() {
        return cluster.brokers();
    }

    /** Whether the brokers speak Kafka at the address that is used. */
    public Finding kafka() {
        try {
            Map<String, TopicState> unused = topics().find(List.of(JournalTopic.NAME));
            return Finding.good("kafka", "the brokers answer at " + where());
        } catch (Fault fault) {
            return Finding.bad("kafka", fault.why(), fault.next());
        }
    }

    /** The topics of the cluster. */
    public Topics topics() {
        if (topics == null) {
            cluster.demandBroker();
            topics = new KafkaTopics(
                    connection(), settings.timeout(), pause, topic -> new RedpandaPartitions(admin()).identity(topic));
            open.push(topics::close);
        }
        return topics;
    }

    /** The transforms of the cluster. */
    public Transforms transforms() {
        return new RedpandaTransforms(admin());
    }

    /**
     * Makes sure that there is a transform of this name.
     *
     * @throws Fault REFUSED with what a person may have meant
     */
    public void demandTransform(String name) {
        List<String> names =
                transforms().list().stream().map(TransformState::name).toList();
        if (!names.contains(name)) {
            throw Fault.refused(
                    "there is no transform '" + name + "'",
                    "the cluster at " + where() + " has "
                            + (names.isEmpty() ? "none" : String.join(", ", names) + Suggestion.sentence(name, names)),
                    "lvc transform list");
        }
    }

    /** The transform of this name, if there is one. */
    public Optional<TransformState> transform(String name) {
        return transforms().list().stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** The cluster as a whole. */
    public Cluster cluster() {
        return new RedpandaCluster(admin());
    }

    /** The licence of the cluster. */
    public Licences licences() {
        return new RedpandaLicences(admin());
    }

    /** Looks at the cluster, and says of each thing how it is. */
    public RedpandaCheck check(Consumer<Finding> findings) {
        return new RedpandaCheck(
                cluster(),
                new RedpandaVitals(admin()),
                new RedpandaConfiguration(admin()),
                licences(),
                pause,
                findings);
    }

    /** Takes samples for the gate. */
    public Sampler sampler() {
        AdminApi.Connection all = adminConnection();
        Lag lag = new PrometheusLag(all.brokers(), all.basicAuth(), all.tls(), settings.timeout());
        return new Sampler(cluster(), topics(), transforms(), lag, records(), pause);
    }

    /** Waits with the patience that the settings give. */
    public Wait patience() {
        return new Wait(pause, settings.timeout(), events);
    }

    /** Deploys and deletes transforms. */
    public Deployer deployer() {
        return new Deployer(topics(), transforms(), patience(), RunId::fresh, events);
    }

    /** Makes a cache. */
    public CreateTopics createTopics() {
        return new CreateTopics(topics(), transforms(), deployer(), events);
    }

    /** Unmakes a cache. */
    public DeleteTopics deleteTopics() {
        return new DeleteTopics(topics(), transforms(), cluster(), deployer(), events);
    }

    /** Compares the topics of a cache. */
    public Verify verify() {
        return new Verify(
                topics(),
                transforms(),
                new KafkaPartitions(connection(), settings.timeout()),
                patience(),
                pause,
                events);
    }

    /** Plans, carries out and resumes runs of recreate. */
    public Recreate recreate() {
        return new Recreate(reach(), patience(), pause, events);
    }

    /** Gives a secondary what it lacks. */
    public RepairBackup repairBackup() {
        return new RepairBackup(reach(), settings.settle(), patience(), pause, events);
    }

    private Recreate.Reach reach() {
        return new Recreate.Reach(
                topics(),
                transforms(),
                cluster(),
                groups(),
                new KafkaPartitions(connection(), settings.timeout()),
                records(),
                sampler(),
                verify(),
                journal(),
                (pen, run, every) -> new Heartbeat(pen, run, pause::now, every)::close,
                settings.heartbeat(),
                Workbench::beside);
    }

    private static void beside(Runnable work) {
        Thread thread = new Thread(work, "lvc-beside");
        thread.setDaemon(true);
        thread.start();
    }

    private Fence fence() {
        return new Fence(cluster(), topics(), patience(), pause);
    }

    private Groups groups() {
        KafkaGroups groups = new KafkaGroups(connection(), settings.timeout());
        open.push(groups::close);
        return groups;
    }

    /** What recreate did, for those who ask. */
    public Chronicle chronicle() {
        return new Chronicle(journal());
    }

    private Journal journal() {
        cluster.demandBroker();
        return new KafkaJournal(connection(), settings.timeout());
    }

    /**
     * Refuses to change anything while a run of recreate is unfinished.
     *
     * @throws Fault REFUSED
     */
    public void demandNoRun() {
        History.of(journal().read()).demandFinished();
    }

    /** Shows a cache at work. */
    public Demo demo() {
        return new Demo(createTopics(), records(), recreate(), Wishes.plain(settings.settle()), patience(), events);
    }

    /**
     * Removes the cache of a demo, the source of truth included: all of it was the demo's own. A run of recreate that
     * stopped half way is left first, or it would stand in everybody's way with nothing to finish it from.
     */
    public void removeDemo(Cache cache) {
        boolean unfinished = History.of(journal().read())
                .unfinished()
                .filter(run -> run.plan().hot().name().equals(cache.hot().name()))
                .isPresent();
        if (unfinished) {
            recreate().resume(true, Optional.empty());
        }
        transforms().list().stream().filter(cache::isForward).forEach(t -> deployer()
                .delete(t.name()));
        topics().find(List.of(cache.truth().name(), cache.hot().name()))
                .values()
                .forEach(found -> {
                    topics().delete(found);
                    events.accept(new Event.TopicDeleted(found.name()));
                });
    }

    /**
     * Tells what a transform wrote; it may be gone already.
     *
     * @param follow whether to go on as lines arrive
     * @throws Fault REFUSED when there is no such transform and none wrote anything under this name
     */
    public void tellLogs(String transform, boolean follow) throws IOException {
        TransformLogs logs = new TransformLogs(topics(), connection(), settings.timeout());
        if (transform(transform).isEmpty()) {
            List<Event> written = new ArrayList<>();
            logs.read(transform, false, written::add);
            if (written.isEmpty()) {
                demandTransform(transform);
            }
        }
        logs.read(transform, follow, events);
    }

    /** Streams of records. */
    public Streams streams() {
        cluster.demandBroker();
        return new Streams(connection(), settings.timeout(), pause, events, () -> new TurnedAway(fence(), journal()));
    }

    /** Few records at a time. */
    public Records records() {
        cluster.demandBroker();
        return new KafkaRecords(connection(), settings.timeout());
    }

    /**
     * Begins to serve last values over HTTP.
     *
     * @param names of the topics
     * @throws Fault REFUSED when the port is taken
     */
    public Serving serve(ServeSettings serve, List<String> names, Map<String, String> environment) {
        cluster.demandBroker();
        return Serving.start(
                serve,
                names,
                new Serving.Brokers(
                        connection(), settings.timeout(), topic -> new RedpandaPartitions(admin()).identity(topic)),
                environment);
    }

    /** What every Kafka client of this command is configured with. */
    private Map<String, Object> connection() {
        if (connection == null) {
            Map<String, Object> given = settings.kafka();
            Map<String, Object> all = new HashMap<>(given);
            all.put("bootstrap.servers", cluster.brokers());
            if (!given.isEmpty()) {
                ClientProperties.demandClient(all, settings.timeout());
            }
            connection = Map.copyOf(all);
        }
        return connection;
    }

    private AdminApi admin() {
        if (admin == null) {
            admin = new AdminApi(adminConnection(), settings.timeout());
        }
        return admin;
    }

    private AdminApi.Connection adminConnection() {
        return adminConnection(settings, cluster.admin(), cluster.forwarded());
    }

    /**
     * How Admin APIs are spoken to: as the settings say, wherever they are.
     *
     * @param forwarded whether these are ports of this machine that lead to others
     */
    static AdminApi.Connection adminConnection(Settings settings, List<URI> addresses, boolean forwarded) {
        String user = settings.value(Setting.ADMIN_USER).text();
        String password = settings.value(Setting.ADMIN_PASSWORD_FILE).text();
        String certificates = settings.value(Setting.ADMIN_CA_FILE).text();
        return new AdminApi.Connection(
                addresses,
                user.isEmpty()
                        ? Optional.empty()
                        : Optional.of(user + ":" + (password.isEmpty() ? "" : SecretFile.read(Path.of(password)))),
                certificates.isEmpty() ? Optional.empty() : Optional.of(Trust.in(Path.of(certificates))),
                forwarded);
    }

    /** Closes everything, the last opened first. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
    }
}
