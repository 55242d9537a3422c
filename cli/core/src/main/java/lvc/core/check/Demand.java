package lvc.core.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lvc.core.kube.Manifest;
import lvc.core.kube.Quantity;

/**
 * What the pods of a StatefulSet ask for.
 *
 * @param namespace where they run
 * @param set its name
 * @param pods how many
 * @param cpu CPUs that each requests
 * @param memory bytes that each requests
 * @param storage bytes of the volume of each
 * @param unlimited what some container of it sets no limit to: cpu, memory
 */
public record Demand(
        String namespace,
        String set,
        int pods,
        BigDecimal cpu,
        BigDecimal memory,
        BigDecimal storage,
        Set<String> unlimited) {
    public Demand {
        unlimited = Set.copyOf(unlimited);
    }

    /** What manifests ask for. */
    static List<Demand> of(List<Manifest> manifests) {
        return manifests.stream()
                .filter(each -> each.ref().kind().equals("StatefulSet"))
                .map(Demand::of)
                .toList();
    }

    private static Demand of(Manifest set) {
        Manifest pod = new Manifest(Map.of("spec", set.at("spec/template/spec").orElse(Map.of())));
        return new Demand(
                set.ref().namespace(),
                set.ref().name(),
                (int) Math.max(1, set.number("spec/replicas")),
                requested(pod, "cpu"),
                requested(pod, "memory"),
                set.list("spec/volumeClaimTemplates").stream()
                        .map(each -> amount(each, "spec/resources/requests/storage"))
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                Set.copyOf(unlimited(pod)));
    }

    /** What a pod requests: its containers run together, init containers one after the other before them. */
    static BigDecimal requested(Manifest pod, String resource) {
        BigDecimal together = pod.list("spec/containers").stream()
                .map(each -> amount(each, "resources/requests/" + resource))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return pod.list("spec/initContainers").stream()
                .map(each -> amount(each, "resources/requests/" + resource))
                .reduce(together, BigDecimal::max);
    }

    private static List<String> unlimited(Manifest pod) {
        List<Manifest> all = new ArrayList<>(pod.list("spec/containers"));
        all.addAll(pod.list("spec/initContainers"));
        return List.of("cpu", "memory").stream()
                .filter(resource -> all.stream().anyMatch(each -> each.text("resources/limits/" + resource)
                        .isEmpty()))
                .toList();
    }

    private static BigDecimal amount(Manifest of, String path) {
        Optional<BigDecimal> amount = of.text(path).flatMap(Quantity::of);
        return amount.orElse(BigDecimal.ZERO);
    }
}
