package lvc.core.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lvc.core.kube.Manifest;
import lvc.core.kube.Quantity;
import lvc.core.report.Finding;

/** Whether the pods will find a place: on nodes, and within quotas. Pure. */
final class Room {
    private static final String NODES = "nodes";
    private static final String QUOTA = "quota";
    private static final Set<String> KEEPS_AWAY = Set.of("NoSchedule", "NoExecute");
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private Room() {}

    /** A node and what is left of it. */
    private record Free(String name, BigDecimal cpu, BigDecimal memory) {
        boolean takes(Demand pod) {
            return cpu.compareTo(pod.cpu()) >= 0 && memory.compareTo(pod.memory()) >= 0;
        }

        Free without(Demand pod) {
            return new Free(name, cpu.subtract(pod.cpu()), memory.subtract(pod.memory()));
        }

        @Override
        public String toString() {
            return name + " has " + Quantity.plain(cpu) + " CPU and " + Quantity.bytes(memory) + " left";
        }
    }

    /**
     * Judges the nodes. The pods are laid on them one after the other, the largest first, each on the node with the most
     * memory left: what a scheduler does is not much different.
     *
     * @param pods of all namespaces, but those of this install; empty when nobody may look at them
     */
    static List<Finding> nodes(List<Manifest> nodes, Optional<List<Manifest>> pods, List<Demand> demands) {
        List<Free> free = new ArrayList<>(nodes.stream()
                .filter(Room::takesPods)
                .map(node -> free(node, pods.orElse(List.of())))
                .toList());
        if (free.isEmpty()) {
            return List.of(Finding.bad(
                    NODES,
                    nodes.isEmpty() ? "there is none" : "none of " + nodes.size() + " takes pods",
                    "kubectl get nodes; a node without taints, or kubectl uncordon"));
        }
        List<Finding> findings = new ArrayList<>();
        int most = demands.stream().mapToInt(Demand::pods).max().orElse(0);
        if (most > free.size()) {
            findings.add(Finding.odd(
                    NODES,
                    most + " brokers on " + free.size() + (free.size() == 1 ? " node" : " nodes"),
                    "when a node goes, more than one broker goes with it; a laptop has no choice"));
        }
        findings.add(place(free, demands)
                .map(pod -> Finding.bad(
                        NODES,
                        "no room for a pod of " + pod.set() + ", which asks for " + Quantity.plain(pod.cpu())
                                + " CPU and " + Quantity.bytes(pod.memory()),
                        freest(free) + "; a larger node, or end something"))
                .orElseGet(() -> Finding.good(NODES, free.size() + " can take pods, and there is room for ours")));
        if (pods.isEmpty()) {
            findings.add(Finding.odd(
                    NODES,
                    "what others have taken of them is not known",
                    "it needs the right to list pods everywhere"));
        }
        return findings;
    }

    private static boolean takesPods(Manifest node) {
        return node.text("spec/unschedulable").filter("true"::equals).isEmpty()
                && node.list("spec/taints").stream()
                        .noneMatch(taint ->
                                KEEPS_AWAY.contains(taint.text("effect").orElse("")));
    }

    private static Free free(Manifest node, List<Manifest> pods) {
        String name = node.ref().name();
        BigDecimal cpu = amount(node, "status/allocatable/cpu");
        BigDecimal memory = amount(node, "status/allocatable/memory");
        for (Manifest pod : pods) {
            if (pod.text("spec/nodeName").filter(name::equals).isPresent()
                    && !ENDED.contains(pod.text("status/phase").orElse(""))) {
                cpu = cpu.subtract(Demand.requested(pod, "cpu"));
                memory = memory.subtract(Demand.requested(pod, "memory"));
            }
        }
        return new Free(name, cpu, memory);
    }

    /** The first pod that finds no place. */
    private static Optional<Demand> place(List<Free> free, List<Demand> demands) {
        List<Demand> largestFirst = demands.stream()
                .sorted(Comparator.comparing(Demand::memory).reversed())
                .toList();
        for (Demand demand : largestFirst) {
            for (int pod = 0; pod < demand.pods(); pod++) {
                Optional<Free> place =
                        free.stream().filter(node -> node.takes(demand)).max(Comparator.comparing(Free::memory));
                if (place.isEmpty()) {
                    return Optional.of(demand);
                }
                free.set(free.indexOf(place.get()), place.get().without(demand));
            }
        }
        return Optional.empty();
    }

    private static String freest(List<Free> free) {
        return free.stream()
                .max(Comparator.comparing(Free::memory))
                .map(Free::toString)
                .orElse("no node takes pods");
    }

    /** Judges the quotas of a namespace. */
    static List<Finding> quotas(String namespace, List<Manifest> quotas, List<Demand> demands) {
        List<Demand> here = demands.stream()
                .filter(each -> each.namespace().equals(namespace))
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (Manifest quota : quotas) {
            String name = "ResourceQuota " + namespace + "/" + quota.ref().name();
            needed(here).forEach((resource, needed) -> {
                Optional<BigDecimal> hard = quota.text("spec/hard/" + resource).flatMap(Quantity::of);
                BigDecimal left = hard.orElse(BigDecimal.ZERO).subtract(amount(quota, "status/used/" + resource));
                if (hard.isPresent() && left.compareTo(needed) < 0) {
                    findings.add(Finding.bad(
                            QUOTA,
                            name + " leaves " + shown(resource, left) + " of " + resource + ", and "
                                    + shown(resource, needed) + " is needed",
                            "raise it, or give another namespace (kubernetes.namespace.*)"));
                }
            });
            for (Demand demand : here) {
                demand.unlimited().stream()
                        .filter(resource ->
                                quota.text("spec/hard/limits." + resource).isPresent())
                        .forEach(resource -> findings.add(Finding.odd(
                                QUOTA,
                                name + " wants a limit on " + resource + " of every container, and the pods of "
                                        + demand.set() + " have none",
                                "a LimitRange in the namespace that sets one, or no quota on limits." + resource)));
            }
        }
        if (findings.isEmpty() && !quotas.isEmpty()) {
            findings.add(Finding.good(QUOTA, "that of namespace " + namespace + " leaves enough"));
        }
        return findings;
    }

    private static Map<String, BigDecimal> needed(List<Demand> demands) {
        BigDecimal cpu = BigDecimal.ZERO;
        BigDecimal memory = BigDecimal.ZERO;
        BigDecimal storage = BigDecimal.ZERO;
        BigDecimal pods = BigDecimal.ZERO;
        for (Demand demand : demands) {
            BigDecimal count = BigDecimal.valueOf(demand.pods());
            cpu = cpu.add(demand.cpu().multiply(count));
            memory = memory.add(demand.memory().multiply(count));
            storage = storage.add(demand.storage().multiply(count));
            pods = pods.add(count);
        }
        Map<String, BigDecimal> needed = new LinkedHashMap<>();
        needed.put("requests.cpu", cpu);
        needed.put("cpu", cpu);
        needed.put("requests.memory", memory);
        needed.put("memory", memory);
        needed.put("requests.storage", storage);
        needed.put("pods", pods);
        needed.put("persistentvolumeclaims", pods);
        return needed;
    }

    private static String shown(String resource, BigDecimal amount) {
        return resource.endsWith("memory") || resource.endsWith("storage")
                ? Quantity.bytes(amount)
                : Quantity.plain(amount);
    }

    private static BigDecimal amount(Manifest of, String path) {
        return of.text(path).flatMap(Quantity::of).orElse(BigDecimal.ZERO);
    }
}
