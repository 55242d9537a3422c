package lvc.core.check;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lvc.core.check.Rights.Line;
import lvc.core.check.Rights.Use;
import lvc.core.install.Filling;
import lvc.core.install.Target;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.Right;
import lvc.core.report.Finding;

/** Whether a Kubernetes cluster is one that lvc can be installed to. Pure. */
final class Ground {
    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+).*");
    private static final int OLDEST_MINOR = 27;
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String SECURITY = "pod-security.kubernetes.io/enforce";
    private static final String RESTRICTED = "restricted";

    private Ground() {}

    /** Redpanda's documentation wants 1.27 at least; retention of volumes came with it, too. */
    static Finding version(KubeOverview cluster) {
        String what = cluster.version() + ", context " + cluster.context() + " at " + cluster.server();
        Matcher matcher = VERSION.matcher(cluster.version());
        if (!matcher.matches()) {
            return Finding.odd("kubernetes", what, "this version is not understood; 1.27 or later is needed");
        }
        boolean old = Integer.parseInt(matcher.group(1)) == 1 && Integer.parseInt(matcher.group(2)) < OLDEST_MINOR;
        return old
                ? Finding.bad("kubernetes", what, "1.27 or later is needed: upgrade the cluster, or take another one")
                : Finding.good("kubernetes", what);
    }

    /** One line for each kind of object and place on which something is missing. */
    static List<Finding> rights(Set<Right> missing, Target target) {
        Map<String, Set<String>> verbs = new LinkedHashMap<>();
        Map<String, Set<Use>> uses = new LinkedHashMap<>();
        for (Line line : Rights.TABLE) {
            line.rights(target).filter(missing::contains).forEach(right -> {
                String on = on(right);
                verbs.computeIfAbsent(on, key -> new LinkedHashSet<>()).add(right.verb());
                uses.computeIfAbsent(on, key -> new LinkedHashSet<>()).add(line.use());
            });
        }
        if (verbs.isEmpty()) {
            return List.of(Finding.good("rights", "all that install, port-forward, uninstall and check use"));
        }
        return verbs.entrySet().stream()
                .map(entry -> missing(entry.getKey(), entry.getValue(), uses.getOrDefault(entry.getKey(), Set.of())))
                .sorted(Comparator.comparing(Finding::mark).reversed())
                .toList();
    }

    private static String on(Right right) {
        return right.resource()
                + (right.group().isEmpty() || right.group().equals("*") ? "" : "." + right.group())
                + (right.namespace().isEmpty() ? " of the cluster" : " in namespace " + right.namespace());
    }

    private static Finding missing(String on, Set<String> verbs, Set<Use> uses) {
        String what = "missing: " + String.join(", ", verbs) + " " + on;
        String hint =
                "for lvc " + String.join(", ", uses.stream().map(Use::command).toList())
                        + "; docs/reference/rights.md lists them all";
        return uses.stream().anyMatch(Use::vital)
                ? Finding.bad("rights", what, hint)
                : Finding.odd("rights", what, hint);
    }

    /** Without a class, volumes are waited for in vain. */
    static Finding storageClass(List<Manifest> classes, Optional<String> wanted) {
        String about = "storage";
        List<String> names = classes.stream().map(each -> each.ref().name()).toList();
        String known = names.isEmpty() ? "the cluster has none" : "there are " + String.join(", ", names);
        if (wanted.isPresent()) {
            return names.contains(wanted.get())
                    ? Finding.good(about, "StorageClass " + wanted.get())
                    : Finding.bad(
                            about, "there is no StorageClass " + wanted.get() + " (install.storage-class)", known);
        }
        return classes.stream()
                .filter(each -> "true".equals(each.texts("metadata/annotations").get(DEFAULT_CLASS)))
                .findFirst()
                .map(each ->
                        Finding.good(about, "default StorageClass " + each.ref().name()))
                .orElseGet(() -> Finding.bad(
                        about,
                        "no default StorageClass",
                        names.isEmpty()
                                ? "a provisioner that brings one: nothing will make the volumes"
                                : "install.storage-class=" + names.get(0) + ", or make one of them the default: "
                                        + String.join(", ", names)));
    }

    /** What a namespace that is there already allows. */
    static Finding namespace(String name, Optional<Manifest> found) {
        String about = "namespace";
        if (found.isEmpty()) {
            return Finding.good(about, name + " will be made");
        }
        if (found.get().text("metadata/deletionTimestamp").isPresent()) {
            return Finding.bad(
                    about,
                    name + " is being deleted",
                    "wait until it is gone, then the same command again: kubectl get namespace " + name + " -o yaml"
                            + " says what it waits for");
        }
        String level = found.get().texts("metadata/labels").getOrDefault(SECURITY, "");
        if (!level.isEmpty() && !level.equals(RESTRICTED)) {
            return Finding.odd(
                    about,
                    name + " enforces Pod Security '" + level + "'",
                    "install's own pods pass 'restricted'; what others start there is held to less");
        }
        return Finding.good(
                about, name + " is there" + (level.isEmpty() ? "" : " and enforces Pod Security '" + level + "'"));
    }

    /** Objects that have the name of one of ours and are not lvc's. */
    static List<Finding> foreign(List<Manifest> found) {
        List<Finding> findings = found.stream()
                .filter(each -> !each.ref().kind().equals("Namespace"))
                .filter(each -> !label(each, Filling.MANAGED_BY))
                .map(Ground::foreign)
                .toList();
        return findings.isEmpty() ? List.of(Finding.good("objects", "no name is taken by somebody else")) : findings;
    }

    private static Finding foreign(Manifest each) {
        if (label(each, Filling.PART_OF)) {
            return Finding.odd(
                    "objects",
                    each.ref() + " was applied by hand",
                    "install takes it over; uninstall then takes it away");
        }
        return each.secret()
                ? Finding.odd(
                        "objects",
                        each.ref() + " is not lvc's",
                        "install uses what is in it; uninstall leaves it there")
                : Finding.bad(
                        "objects",
                        each.ref() + " is not lvc's",
                        "give another namespace (kubernetes.namespace.*), or take it away");
    }

    private static boolean label(Manifest each, String label) {
        return Filling.LVC.equals(each.texts("metadata/labels").get(label));
    }

    /** Brokers tell their clients to come to these ports of this machine. */
    static List<Finding> ports(int first, int brokers, IntPredicate free) {
        List<Integer> taken = IntStream.range(first, first + brokers)
                .filter(port -> !free.test(port))
                .boxed()
                .toList();
        return taken.isEmpty()
                ? List.of(Finding.good(
                        "ports", "127.0.0.1:" + first + (brokers == 1 ? " is" : " and the next are") + " free"))
                : taken.stream()
                        .map(port -> Finding.odd(
                                "ports",
                                "something listens on 127.0.0.1:" + port,
                                "if it is not lvc port-forward: stop it, or install with another install.kafka-port"))
                        .toList();
    }

    /** All objects that install will make. */
    static Stream<ObjectRef> refs(List<Manifest> manifests, Target target) {
        return Stream.concat(
                manifests.stream().map(Manifest::ref),
                Stream.of(
                        new ObjectRef("v1", "Secret", target.storeNamespace(), Target.ROOT_SECRET),
                        new ObjectRef("v1", "Secret", target.brokerNamespace(), Target.STORE_SECRET)));
    }
}
