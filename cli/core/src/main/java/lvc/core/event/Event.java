package lvc.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.gate.Verdict;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectRef;
import lvc.core.report.CacheStatus;
import lvc.core.report.ClusterOverview;
import lvc.core.report.CreatePlan;
import lvc.core.report.DeletePlan;
import lvc.core.report.Finding;
import lvc.core.report.InstallPlan;
import lvc.core.report.Licence;
import lvc.core.report.Made;
import lvc.core.report.RecreatePlan;
import lvc.core.report.Recreation;
import lvc.core.report.RepairPlan;
import lvc.core.report.RunLine;
import lvc.core.report.RunRow;
import lvc.core.report.UninstallPlan;
import lvc.core.report.Verification;
import lvc.core.topic.TopicChange;
import lvc.core.topic.TopicSpec;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;

/**
 * Something that happened or was found. With {@code -o json} each is one line: its kind is the name of the record in
 * kebab case, its fields are the fields of the record. Fields are only ever added.
 */
public sealed interface Event {

    /** Which cluster this command talks to, and how it came to choose it. */
    record ClusterChosen(String brokers, String admin, String origin) implements Event {}

    /** Still waiting: not an event of the world but a sign of life. */
    record Waiting(String what, String reason, Duration since) implements Event {}

    /** Something long goes on: how many of what is done. A sign of life like {@link Waiting}. */
    record Progressed(String what, long done) implements Event {}

    /** What create-topics is going to do. */
    record CreatePlanned(CreatePlan plan) implements Event {}

    /** What delete-topics is going to do. */
    record DeletePlanned(DeletePlan plan) implements Event {}

    /** What transform deploy is going to do. */
    record DeployPlanned(TransformSpec transform, String module) implements Event {}

    /** A plan was shown and nothing else done. */
    record DryRun() implements Event {}

    record TopicCreated(TopicSpec topic) implements Event {}

    /** The topic was there already, perhaps with other settings than wanted. */
    record TopicKept(String topic, List<TopicChange.Drift> drift) implements Event {}

    record TopicAltered(String topic, Map<String, String> settings) implements Event {}

    record TopicDeleted(String topic) implements Event {}

    /** A transform runs on every partition of its input. */
    record TransformDeployed(TransformSpec transform, String module) implements Event {}

    /**
     * The transform was there already.
     *
     * @param running whether it runs on every partition
     */
    record TransformKept(String transform, boolean running) implements Event {}

    record TransformDeleted(String transform) implements Event {}

    record TransformPaused(String transform, boolean paused) implements Event {}

    /** An answer of the cluster left open whether a deploy was applied; the attempt is cleared away and repeated. */
    record DeployRepeated(String transform, String reason) implements Event {}

    record TransformsListed(List<TransformState> transforms) implements Event {}

    /** One line a module wrote. */
    record TransformLogged(String transform, Instant time, String level, String line) implements Event {}

    record StatusShown(CacheStatus status) implements Event {}

    /** All runs of recreate that the journal of the cluster knows, in the order in which they began. */
    record HistoryShown(List<RunRow> runs) implements Event {}

    /** All that the journal says about one run, heartbeats left out. */
    record RunShown(String run, List<RunLine> lines) implements Event {}

    /**
     * A key differs between the topics of a cache. Its newest record in the input and in the output is null where the
     * key was never seen, the digest of its value null where it was deleted. There is one such line for each key, before
     * the {@code verified} that counts them.
     */
    record DifferenceFound(Verification.Difference difference) implements Event {}

    /**
     * Both topics of a cache were folded and compared; without {@code equal} a fault with exit code 5 follows. In
     * {@code partitions} stands what was read of each, in {@code differences} some of the keys that differ, in
     * {@code splits} some of the keys that lie in more than one partition. {@code inputEnds} and {@code outputEnds} are
     * the offsets up to which each partition was folded, {@code inputNewest} and {@code outputNewest} the newest
     * timestamps before them in milliseconds since 1970, -1 when there is none. {@code excused} counts keys that may
     * differ; {@code lvc verify} excuses none.
     */
    record Verified(Verification verification) implements Event {}

    /** What would make a secondary equal to its primary. */
    record RepairPlanned(RepairPlan plan) implements Event {}

    /**
     * A secondary got what it lacked, and both topics hold the same values.
     *
     * @param values records for keys that had another value in it, or none
     * @param tombstones records that delete keys which the primary does not have
     * @param keys live keys in both topics
     * @param digest of both folds
     */
    record BackupRepaired(String primary, String secondary, long values, long tombstones, long keys, String digest)
            implements Event {}

    /**
     * How a produce ended, well or not.
     *
     * @param unknown records that were sent and of which nobody knows whether the cluster has them
     * @param failed records the cluster did not take
     * @param skipped bad lines left out on request
     */
    record RecordsProduced(String topic, long acknowledged, long skipped, long failed, long unknown, Duration took)
            implements Event {}

    /** A line of input that was left out on request. */
    record LineSkipped(long number, String why) implements Event {}

    /** Something a person should know about an answer that is given all the same. */
    record Warned(String warning) implements Event {}

    record SettingsShown(List<Shown> settings) implements Event {

        /**
         * One setting.
         *
         * @param value as used; three asterisks where it is a secret
         */
        public record Shown(String key, String value, String origin) {}
    }

    record VersionShown(String lvc, String java, String kafkaClients) implements Event {}

    /** A sentence of the demo. */
    record Narrated(String sentence) implements Event {}

    /** Records the demo wrote: {@code key=value}, or only the key for a tombstone. */
    record RecordsWritten(String topic, List<String> records) implements Event {}

    /** Records the demo read. */
    record RecordsRead(String topic, List<Read> records) implements Event {

        /**
         * One record.
         *
         * @param value absent for a tombstone
         */
        public record Read(int partition, long offset, String key, Optional<String> value) {}
    }

    /** What install is going to do. */
    record InstallPlanned(InstallPlan plan) implements Event {}

    /** A manifest as it would be sent. */
    record ManifestShown(String object, String yaml) implements Event {}

    /** Manifests were written, but no Secret. */
    record ManifestsExported(List<String> files) implements Event {}

    /** An object of Kubernetes was created, changed or deleted. */
    record ObjectApplied(ObjectChange change) implements Event {}

    /** All pods of something take requests and are made from what was applied. */
    record ObjectReady(ObjectRef ref) implements Event {}

    /** What a container printed before it ended. */
    record LastWords(String namespace, String pod, List<String> lines) implements Event {}

    /**
     * The object store has what tiered storage needs.
     *
     * @param made what became of the bucket
     * @param closed CHANGED when everybody could read or write it before
     * @param user what became of the user who may use it
     */
    record StorePrepared(String bucket, String accessKey, Made made, Made closed, Made user) implements Event {}

    /** A user of the object store that was in use before is gone. */
    record StoreUserRemoved(String accessKey) implements Event {}

    /**
     * The cluster has the properties that it is to have.
     *
     * @param changed names of those that had other values
     * @param restart whether some of them count only when the brokers are started again
     */
    record ConfigurationSet(List<String> changed, boolean restart) implements Event {}

    /** The brokers are one cluster, and it says that it is well. */
    record BrokersHealthy(ClusterOverview cluster) implements Event {}

    /** The cluster has taken a licence. */
    record LicenceGiven(Licence licence) implements Event {}

    /** Everything is there and works. */
    record Installed(String namespace, int brokers) implements Event {}

    /** Brokers in Kubernetes can be reached at ports of this machine. */
    record PortsForwarded(String brokers, String admin, String context, String namespace) implements Event {}

    /** Brokers cannot be reached through their port-forwards for a while; the ports stay. */
    record BrokersLost(List<String> pods, String reason) implements Event {}

    /** Brokers that were lost answer again. */
    record BrokersBack(List<String> pods) implements Event {}

    /** Last values are served; each topic says by itself when it is ready. */
    record ServingBegan(String address, List<String> topics) implements Event {}

    /**
     * Something happened to a topic that is served, or to the Service whose pods are told.
     *
     * @param topic or {@code NAMESPACE/NAME} of the Service
     * @param what in few words
     * @param why or how, with values
     */
    record ServedTopicTold(String topic, String what, String why) implements Event {}

    /** What uninstall found and what it is going to do. */
    record UninstallPlanned(UninstallPlan plan) implements Event {}

    /** An object of Kubernetes was deleted; pods and volumes may take a while to follow. */
    record ObjectDeleted(ObjectRef ref) implements Event {}

    /**
     * All that was to go is gone.
     *
     * @param kept what is lvc's and stays
     * @param foreign what has a name that lvc uses and is somebody else's
     */
    record Uninstalled(List<ObjectRef> kept, List<ObjectRef> foreign) implements Event {}

    /** One thing that was checked. When one of them is bad, a fault with exit code 3 follows the last. */
    record Checked(Finding finding) implements Event {}

    /** The newest value of every live key of a topic. */
    record LatestShown(String topic, Map<String, String> values) implements Event {}

    /** How many records lie in a topic for how many live keys. */
    record TopicCounted(String topic, long records, long liveKeys) implements Event {}

    /** What recreate saw and is going to do. */
    record RecreatePlanned(RecreatePlan plan) implements Event {}

    /**
     * A step of recreate began.
     *
     * @param number counted from 1, over all processes that worked on the run
     * @param of how many there are at least
     * @param step its kind, as in the journal
     */
    record StepBegan(int number, int of, String step, String what) implements Event {}

    /**
     * How far a transform is that recreate waits for: a sign of life.
     *
     * @param done offsets committed of the total
     * @param verdict what the gate says
     */
    record CopyProgressed(long done, long total, Verdict verdict) implements Event {}

    /** While the command runs, Prometheus can read here how it goes. */
    record MetricsServed(String address) implements Event {}

    /** A step of recreate is done. */
    record StepEnded(int number, int of, String step, Duration took, long records) implements Event {}

    /** The run is over. */
    record Recreated(Recreation recreation) implements Event {}

    /**
     * The run was left rather than finished: the everyday transform runs and writers write.
     *
     * @param hotIntact whether nothing was deleted; else the hot topic lacks what only the truth has
     */
    record RunLeft(String run, boolean hotIntact, String hot) implements Event {}

    /** The run stopped half way and can be resumed; a fault or a signal follows. */
    record RunUnfinished(String run, String standing, boolean fenceUp) implements Event {}
}
