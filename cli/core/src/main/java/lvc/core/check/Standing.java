package lvc.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lvc.core.install.Readiness;
import lvc.core.install.Target;
import lvc.core.kube.Manifest;
import lvc.core.kube.PodSeen;
import lvc.core.kube.SetSeen;
import lvc.core.report.Finding;

/** How what was installed stands on Kubernetes. Pure. */
final class Standing {
    /** What Seastar says when the nodes of all brokers together want more slots than the kernel has. */
    private static final String AIO = "aio-max-nr";

    private Standing() {}

    /** Judges a StatefulSet. */
    static Finding set(String namespace, String name, Optional<SetSeen> set, List<PodSeen> pods, List<String> words) {
        String ref = "StatefulSet " + namespace + "/" + name;
        if (set.isEmpty()) {
            return Finding.bad(
                    name,
                    ref + " is not there",
                    "lvc install; for a cluster that is somewhere else: --brokers and --admin");
        }
        Readiness readiness = Readiness.of(set.get(), pods);
        if (readiness instanceof Readiness.Ready) {
            return Finding.good(
                    name, ref + ": " + set.get().ready() + " of " + set.get().wanted() + " pods ready");
        }
        String describe = "kubectl -n " + namespace + " describe pods";
        if (readiness instanceof Readiness.Failing failing) {
            boolean aio = words.stream().anyMatch(line -> line.contains(AIO));
            return Finding.bad(
                    name,
                    failing.reason(),
                    aio
                            ? "the node has too few slots for asynchronous I/O: sysctl -w fs.aio-max-nr=1048576 on it"
                            : describe);
        }
        return Finding.bad(
                name,
                ref + " is not ready: " + ((Readiness.Waiting) readiness).reason(),
                describe + "; lvc install waits for it");
    }

    /** Judges the volumes of a StatefulSet. */
    static List<Finding> volumes(String name, List<Manifest> claims, int pods) {
        List<Finding> findings = new ArrayList<>();
        List<String> sizes = new ArrayList<>();
        for (Manifest claim : claims) {
            String phase = claim.text("status/phase").orElse("Pending");
            String size = claim.text("status/capacity/storage")
                    .or(() -> claim.text("spec/resources/requests/storage"))
                    .orElse("");
            if (phase.equals("Bound")) {
                sizes.add(size);
            } else {
                findings.add(Finding.bad(
                        name,
                        "volume " + claim.ref().name() + " is " + phase,
                        "kubectl -n " + claim.ref().namespace() + " describe pvc "
                                + claim.ref().name()));
            }
        }
        if (claims.size() < pods) {
            findings.add(Finding.bad(
                    name, claims.size() + " volumes for " + pods + " pods", "kubectl get pvc --all-namespaces"));
        }
        if (!sizes.isEmpty()) {
            findings.add(Finding.good(
                    name,
                    "volumes of " + String.join(", ", sizes.stream().distinct().toList())));
        }
        return findings;
    }

    /** Without a policy everybody in the cluster gets to it. */
    static Finding policy(String namespace, String name, boolean there) {
        return there
                ? Finding.good(name, "NetworkPolicy " + namespace + "/" + name)
                : Finding.odd(
                        name,
                        "no NetworkPolicy " + namespace + "/" + name + ": everybody in the cluster gets to it",
                        "lvc install");
    }

    /** Judges the bucket of tiered storage. */
    static List<Finding> bucket(String bucket, boolean exists, boolean open) {
        if (!exists) {
            return List.of(Finding.bad(Target.STORE, "there is no bucket " + bucket, "lvc install makes it"));
        }
        return List.of(
                open
                        ? Finding.bad(
                                Target.STORE,
                                "bucket " + bucket + " is open to everybody who gets to the object store",
                                "lvc install closes it")
                        : Finding.good(Target.STORE, "bucket " + bucket + " is there and private"));
    }
}
