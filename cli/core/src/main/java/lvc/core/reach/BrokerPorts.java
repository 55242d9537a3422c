package lvc.core.reach;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lvc.core.fault.Fault;
import lvc.core.install.Target;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;

/**
 * Which ports of the brokers' pods are to be had on which ports of this machine. What brokers tell their Kafka clients was
 * settled when they were installed, so it is read from their StatefulSet, whatever the settings say by now.
 *
 * @param namespace of the brokers
 * @param labels of their pods
 * @param kafka port of a pod's Kafka listener for those who come through a port-forward
 * @param admin port of a pod's Admin API
 * @param brokers in the order of their pods
 */
public record BrokerPorts(String namespace, Map<String, String> labels, int kafka, int admin, List<Broker> brokers) {
    private static final String POD = "spec/template/spec/";
    private static final String FIRST_PORT = POD + "initContainers/[configure]/env/[FORWARDED_PORT]/value";
    private static final String PORTS = POD + "containers/[redpanda]/ports/";

    /**
     * A broker.
     *
     * @param pod its name
     * @param kafka port on 127.0.0.1 to which it tells its Kafka clients to come
     */
    public record Broker(String pod, int kafka) {}

    public BrokerPorts {
        labels = Map.copyOf(labels);
        brokers = List.copyOf(brokers);
    }

    /** The StatefulSet of the brokers in a namespace. */
    public static ObjectRef set(String namespace) {
        return new ObjectRef("apps/v1", "StatefulSet", namespace, Target.BROKERS);
    }

    /**
     * Reads a StatefulSet.
     *
     * @throws Fault REFUSED when it is not one of lvc's, or has no pods
     */
    public static BrokerPorts of(Manifest set) {
        Optional<Integer> first =
                set.text(FIRST_PORT).filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
        int kafka = (int) set.number(PORTS + "[forwarded]/containerPort");
        int admin = (int) set.number(PORTS + "[admin]/containerPort");
        if (first.isEmpty() || kafka == 0 || admin == 0) {
            throw Fault.refused(
                    "no broker reached",
                    set.ref() + " was not made by lvc install: it does not say which ports its brokers tell clients of",
                    "make it reachable in another way and say where: --brokers HOST:9092 --admin http://HOST:9644");
        }
        int pods = (int) set.number("spec/replicas");
        if (pods == 0) {
            throw Fault.refused(
                    "no broker reached",
                    set.ref() + " has no pods: spec.replicas is 0",
                    "kubectl scale statefulset " + set.ref().name() + " -n "
                            + set.ref().namespace() + " --replicas 1");
        }
        return new BrokerPorts(
                set.ref().namespace(),
                set.texts("spec/selector/matchLabels"),
                kafka,
                admin,
                IntStream.range(0, pods)
                        .mapToObj(n -> new Broker(set.ref().name() + "-" + n, first.get() + n))
                        .toList());
    }
}
