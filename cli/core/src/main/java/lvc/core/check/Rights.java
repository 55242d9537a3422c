package lvc.core.check;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.core.fault.Fault;
import lvc.core.install.Target;
import lvc.core.kube.Right;
import lvc.core.port.Objects;

/** Which rights towards Kubernetes each command needs: the one list that is checked, and that the documents show. */
public final class Rights {
    private static final String CORE = "";
    private static final String APPS = "apps";
    private static final String NETWORKING = "networking.k8s.io";
    private static final String POLICY = "policy";
    private static final List<String> APPLY = List.of("get", "create", "patch");
    private static final List<String> REMOVE = List.of("get", "list", "delete");

    private static final List<String> PRUNE = List.of("list", "delete");

    private Rights() {}

    /** What a person wants to do. */
    public enum Use {
        INSTALL("install"),
        FORWARD("port-forward"),
        UNINSTALL("uninstall"),
        DELETE_DATA("uninstall --delete-data"),
        CHECK("check");

        private final String command;

        Use(String command) {
            this.command = command;
        }

        /** As it is typed behind lvc. */
        public String command() {
            return command;
        }

        /** Whether nobody can do without it. What is only looked at can be left out. */
        boolean vital() {
            return this == INSTALL || this == FORWARD || this == UNINSTALL;
        }
    }

    /** Where a right has to hold. */
    public enum Place {
        CLUSTER,
        STORE,
        BROKERS,
        BOTH;

        private List<String> namespaces(Target target) {
            return switch (this) {
                case CLUSTER -> List.of("");
                case STORE -> List.of(target.storeNamespace());
                case BROKERS -> List.of(target.brokerNamespace());
                case BOTH ->
                    Stream.of(target.storeNamespace(), target.brokerNamespace())
                            .distinct()
                            .toList();
            };
        }
    }

    /**
     * One line of the table.
     *
     * @param group of the API; empty for the core
     * @param why what it is used for
     */
    public record Line(Use use, Place place, String group, String resource, List<String> verbs, String why) {
        public Line {
            verbs = List.copyOf(verbs);
        }

        Stream<Right> rights(Target target) {
            return place.namespaces(target).stream()
                    .flatMap(namespace -> verbs.stream().map(verb -> new Right(verb, group, resource, namespace)));
        }
    }

    /** The table. */
    public static final List<Line> TABLE = List.of(
            new Line(Use.INSTALL, Place.CLUSTER, CORE, "namespaces", APPLY, "the two namespaces"),
            new Line(Use.INSTALL, Place.BOTH, CORE, "secrets", APPLY, "credentials, made once and read back later"),
            new Line(Use.INSTALL, Place.BOTH, CORE, "services", APPLY, "names of brokers and object store"),
            new Line(Use.INSTALL, Place.BROKERS, CORE, "configmaps", APPLY, "configuration of the brokers"),
            new Line(Use.INSTALL, Place.BROKERS, CORE, "serviceaccounts", APPLY, "an account that may do nothing"),
            new Line(Use.INSTALL, Place.BOTH, NETWORKING, "networkpolicies", APPLY, "who gets to them"),
            new Line(Use.INSTALL, Place.BROKERS, POLICY, "poddisruptionbudgets", APPLY, "three brokers"),
            new Line(Use.INSTALL, Place.BOTH, APPS, "statefulsets", APPLY, "brokers and object store"),
            new Line(Use.INSTALL, Place.BOTH, CORE, "pods", List.of("get", "list"), "waiting until they are ready"),
            new Line(Use.INSTALL, Place.BOTH, CORE, "pods/log", List.of("get"), "last words of a pod that fails"),
            new Line(Use.INSTALL, Place.BOTH, CORE, "events", List.of("list"), "why a pod fails"),
            new Line(Use.INSTALL, Place.BROKERS, CORE, "pods", List.of("delete"), "starting brokers again, one by one"),
            new Line(Use.INSTALL, Place.BOTH, CORE, "services", PRUNE, "what an older lvc has left"),
            new Line(Use.INSTALL, Place.BOTH, CORE, "configmaps", PRUNE, "what an older lvc has left"),
            new Line(Use.INSTALL, Place.BOTH, CORE, "serviceaccounts", PRUNE, "what an older lvc has left"),
            new Line(Use.INSTALL, Place.BOTH, NETWORKING, "networkpolicies", PRUNE, "what an older lvc has left"),
            new Line(Use.INSTALL, Place.BOTH, POLICY, "poddisruptionbudgets", PRUNE, "what an older lvc has left"),
            new Line(
                    Use.INSTALL, Place.BOTH, CORE, "persistentvolumeclaims", List.of("list"), "volumes that were kept"),
            new Line(
                    Use.INSTALL,
                    Place.CLUSTER,
                    "storage.k8s.io",
                    "storageclasses",
                    List.of("list"),
                    "whether there will be volumes"),
            new Line(
                    Use.INSTALL,
                    Place.BOTH,
                    CORE,
                    "pods/portforward",
                    List.of("get", "create"),
                    "bucket and user of the object store, configuration of the cluster"),
            new Line(Use.FORWARD, Place.BROKERS, CORE, "pods", List.of("get", "list"), "which brokers there are"),
            new Line(
                    Use.FORWARD,
                    Place.BROKERS,
                    CORE,
                    "pods/portforward",
                    List.of("get", "create"),
                    "Kafka and the Admin API on 127.0.0.1"),
            new Line(Use.FORWARD, Place.BROKERS, APPS, "statefulsets", List.of("get"), "how many brokers there are"),
            new Line(Use.UNINSTALL, Place.CLUSTER, CORE, "namespaces", List.of("get"), "whether they are there"),
            new Line(Use.UNINSTALL, Place.BOTH, APPS, "statefulsets", REMOVE, "brokers and object store"),
            new Line(Use.UNINSTALL, Place.BOTH, CORE, "pods", List.of("list"), "waiting until they have ended"),
            new Line(Use.UNINSTALL, Place.BOTH, POLICY, "poddisruptionbudgets", REMOVE, "all that install has made"),
            new Line(Use.UNINSTALL, Place.BOTH, NETWORKING, "networkpolicies", REMOVE, "all that install has made"),
            new Line(Use.UNINSTALL, Place.BOTH, CORE, "services", REMOVE, "all that install has made"),
            new Line(Use.UNINSTALL, Place.BOTH, CORE, "configmaps", REMOVE, "all that install has made"),
            new Line(Use.UNINSTALL, Place.BOTH, CORE, "serviceaccounts", REMOVE, "all that install has made"),
            new Line(Use.UNINSTALL, Place.BOTH, CORE, "secrets", REMOVE, "all but the credentials"),
            new Line(Use.UNINSTALL, Place.BOTH, CORE, "persistentvolumeclaims", List.of("list"), "saying what stays"),
            new Line(Use.DELETE_DATA, Place.BOTH, CORE, "persistentvolumeclaims", REMOVE, "the volumes"),
            new Line(Use.DELETE_DATA, Place.CLUSTER, CORE, "namespaces", List.of("get", "delete"), "the namespaces"),
            new Line(
                    Use.DELETE_DATA,
                    Place.BOTH,
                    "*",
                    "*",
                    List.of("list"),
                    "whether somebody else lives in a namespace; without it the namespace is kept"),
            new Line(Use.CHECK, Place.CLUSTER, CORE, "nodes", List.of("list"), "whether the pods find room"),
            new Line(Use.CHECK, Place.CLUSTER, CORE, "pods", List.of("list"), "how much of the nodes is taken"),
            new Line(
                    Use.CHECK,
                    Place.CLUSTER,
                    "storage.k8s.io",
                    "storageclasses",
                    List.of("list"),
                    "whether there will be volumes"),
            new Line(Use.CHECK, Place.CLUSTER, CORE, "namespaces", List.of("get"), "what they allow"),
            new Line(Use.CHECK, Place.BOTH, CORE, "resourcequotas", List.of("list"), "what is left of them"),
            new Line(Use.CHECK, Place.BOTH, CORE, "persistentvolumeclaims", List.of("list"), "the volumes"),
            new Line(Use.CHECK, Place.BOTH, NETWORKING, "networkpolicies", List.of("get"), "who gets to them"),
            new Line(Use.CHECK, Place.BOTH, APPS, "statefulsets", List.of("get"), "whether they are ready"),
            new Line(Use.CHECK, Place.BOTH, CORE, "pods", List.of("get", "list"), "whether they are ready"),
            new Line(Use.CHECK, Place.BOTH, CORE, "secrets", List.of("get"), "looking into the bucket"),
            new Line(
                    Use.CHECK,
                    Place.BOTH,
                    CORE,
                    "pods/portforward",
                    List.of("get", "create"),
                    "asking the Admin API and the object store"));

    /**
     * Makes sure that this user has all rights that a use needs.
     *
     * @throws Fault UNREACHABLE with those that are missing
     */
    public static void demand(Objects objects, Use use, Target target) {
        List<Right> missing = objects.missing(of(List.of(use), target));
        if (!missing.isEmpty()) {
            throw Fault.unreachable(
                    "this user may not " + use.command(),
                    "missing: " + missing.stream().map(Right::toString).collect(Collectors.joining(", ")),
                    "docs/reference/rights.md has them as a role; lvc check --pre looks again");
        }
    }

    /** All rights that some uses need, each once. */
    public static List<Right> of(Collection<Use> uses, Target target) {
        return TABLE.stream()
                .filter(line -> uses.contains(line.use()))
                .flatMap(line -> line.rights(target))
                .distinct()
                .toList();
    }
}
