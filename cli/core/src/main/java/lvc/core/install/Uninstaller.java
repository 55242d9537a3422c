package lvc.core.install;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.core.event.Event;
import lvc.core.install.Remains.Found;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.PodSeen;
import lvc.core.port.Neighbours;
import lvc.core.port.Objects;
import lvc.core.report.UninstallPlan;
import lvc.core.report.UninstallPlan.Fate;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/**
 * Takes away what lvc has put on a cluster, and nothing else. The brokers go first, in their own time; what holds data
 * stays unless it is given up in words. Every step may be repeated.
 */
public final class Uninstaller {
    private final Objects objects;
    private final Remains remains;
    private final Wait wait;
    private final Consumer<Event> events;

    /** @param wait with more patience than a broker has for its end: 90 s */
    public Uninstaller(Objects objects, Neighbours neighbours, Wait wait, Consumer<Event> events) {
        this.objects = objects;
        this.remains = new Remains(objects, neighbours);
        this.wait = wait;
        this.events = events;
    }

    /**
     * What is to be taken away.
     *
     * @param storeNamespace of the object store
     * @param brokerNamespace of the brokers
     * @param data whether volumes, their Secrets and namespaces go as well
     */
    public record Order(String storeNamespace, String brokerNamespace, boolean data) {

        /** Each once, that of the brokers first. */
        List<String> namespaces() {
            return Stream.of(brokerNamespace, storeNamespace).distinct().toList();
        }

        /** Names that lvc gives to objects in a namespace. */
        Set<String> names(String namespace) {
            return Stream.concat(
                            namespace.equals(brokerNamespace)
                                    ? Stream.of(Target.BROKERS, Target.STORE_SECRET)
                                    : Stream.of(),
                            namespace.equals(storeNamespace)
                                    ? Stream.of(Target.STORE, Target.ROOT_SECRET)
                                    : Stream.of())
                    .collect(Collectors.toSet());
        }
    }

    /** Looks at what is there and says what becomes of it. Changes nothing. */
    public UninstallPlan plan(Order order) {
        List<Found> found = remains.find(order);
        return new UninstallPlan(
                objects.overview(),
                Stream.concat(
                                found.stream().filter(each -> each.row().fate() == Fate.DELETE),
                                found.stream().filter(each -> each.row().fate() != Fate.DELETE))
                        .map(Found::row)
                        .toList());
    }

    /**
     * Does it, and returns when all of it is gone. What is not in the plan is not touched, whatever has come since.
     *
     * @throws lvc.core.fault.Fault UNREACHABLE when something does not go; the same command goes on from there
     */
    public void run(Order order, UninstallPlan plan) {
        Set<ObjectRef> agreed = Set.copyOf(plan.refs(Fate.DELETE));
        List<Found> found = remains.find(order).stream()
                .filter(each -> each.row().fate() == Fate.DELETE && agreed.contains(each.ref()))
                .toList();
        set(found, order.brokerNamespace(), Target.BROKERS, plan);
        set(found, order.storeNamespace(), Target.STORE, plan);
        found.stream()
                .filter(kind(Remains.SET)
                        .or(kind(Remains.CLAIM))
                        .or(kind(Remains.NAMESPACE))
                        .negate())
                .forEach(this::delete);
        List<Found> claims = found.stream().filter(kind(Remains.CLAIM)).toList();
        claims.forEach(this::delete);
        claims.forEach(each -> awaitGone(each.ref()));
        namespaces(found);
        plan.refs(Fate.GOING).forEach(this::awaitGone);
        events.accept(new Event.Uninstalled(plan.refs(Fate.KEEP), plan.refs(Fate.FOREIGN)));
    }

    private static Predicate<Found> kind(String kind) {
        return each -> each.ref().kind().equals(kind);
    }

    private void set(List<Found> found, String namespace, String name, UninstallPlan plan) {
        ObjectRef ref = new ObjectRef("apps/v1", Remains.SET, namespace, name);
        found.stream().filter(each -> each.ref().equals(ref)).forEach(this::delete);
        if (!plan.refs(Fate.FOREIGN).contains(ref)) {
            awaitNoPods(namespace, name);
        }
    }

    private void awaitNoPods(String namespace, String name) {
        wait.until(
                "the pods of " + name + " have ended",
                "kubectl -n " + namespace + " get pods; when they are gone, the same command goes on from here",
                () -> {
                    List<PodSeen> left =
                            objects.pods(namespace, Map.of(Filling.NAME, name, Filling.PART_OF, Filling.LVC));
                    return left.isEmpty()
                            ? Look.done()
                            : Look.waiting("still there: "
                                    + left.stream().map(PodSeen::name).collect(Collectors.joining(", ")));
                });
    }

    /** Looked at once more: between the plan and now somebody may have moved in. */
    private void namespaces(List<Found> found) {
        for (Found each : found.stream().filter(kind(Remains.NAMESPACE)).toList()) {
            Optional<String> reason = objects.find(each.ref()).flatMap(now -> remains.reasonToKeep(now, found));
            if (reason.isPresent()) {
                events.accept(new Event.Warned(each.ref() + " is kept: " + reason.get()));
            } else {
                delete(each);
                awaitGone(each.ref());
            }
        }
    }

    private void delete(Found each) {
        objects.delete(each.manifest());
        events.accept(new Event.ObjectDeleted(each.ref()));
    }

    private void awaitGone(ObjectRef ref) {
        wait.until(
                ref + " is gone",
                "what holds it is in its status: kubectl get "
                        + ref.kind().toLowerCase(Locale.ROOT) + " " + ref.name() + " -o yaml"
                        + (ref.namespace().isEmpty() ? "" : " -n " + ref.namespace())
                        + "; then the same command again",
                () -> objects.find(ref)
                        .map(now -> Look.waiting(now.list("status/conditions").stream()
                                .filter(each -> each.text("status")
                                        .filter("True"::equals)
                                        .isPresent())
                                .flatMap(each -> each.text("message").stream())
                                .findFirst()
                                .orElse("it is still there")))
                        .orElseGet(Look::done));
    }
}
