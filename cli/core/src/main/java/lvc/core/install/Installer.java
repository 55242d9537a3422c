package lvc.core.install;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.install.Secrets.Kept;
import lvc.core.install.Secrets.Which;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectChange.Kind;
import lvc.core.port.Brokers;
import lvc.core.port.Licences;
import lvc.core.port.ObjectStore;
import lvc.core.port.Objects;
import lvc.core.report.InstallPlan;
import lvc.core.report.Made;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/**
 * Puts the object store and the brokers on a cluster. Every step may be repeated: what is there already as it is wanted is
 * left alone, so that the same command goes on where an earlier one was stopped.
 *
 * <p>Credentials are replaced without a moment in which somebody needs what is gone: the new user of the object store is
 * there before anybody is told of it, and the old one goes when every broker has been started with the new one.
 */
public final class Installer {
    private final Objects objects;
    private final Outside outside;
    private final Wait wait;
    private final Consumer<Event> events;
    private final Planner planner;
    private final Secrets secrets;
    private final Readying readying;
    private final Reconciler reconciler;

    /**
     * What an installation talks to besides the API server.
     *
     * @param store opens the object store once it runs, with the credentials of its root user
     * @param brokers opens the Admin API of the brokers once they run
     * @param random at least 40 characters that nobody can guess
     * @param licence text of a licence that the cluster is to be given
     */
    public record Outside(
            Function<Credentials, ObjectStore> store,
            Supplier<Brokers> brokers,
            Supplier<String> random,
            Optional<String> licence) {}

    public Installer(Objects objects, Outside outside, Wait wait, Consumer<Event> events) {
        this.objects = objects;
        this.outside = outside;
        this.wait = wait;
        this.events = events;
        this.planner = new Planner(objects);
        this.secrets = new Secrets(objects, outside.random());
        this.readying = new Readying(objects, wait, events);
        this.reconciler = new Reconciler(wait, events);
    }

    /** Looks at what is there and says what would change. Changes nothing. */
    public InstallPlan plan(Order order) {
        Kept root = secrets.kept(Which.ROOT, order.target());
        Kept keys = secrets.kept(Which.BROKERS, order.target());
        List<Manifest> manifests = Planner.inOrder(order.manifests()).stream()
                .map(each -> isSet(each, Target.STORE) ? root.in(each) : each)
                .toList();
        return planner.plan(order, manifests, List.of(root, keys));
    }

    /**
     * Does it, and returns when the brokers are a healthy cluster with the properties that were wanted.
     *
     * @throws Fault FAILED when a pod fails, with its last words; nothing is deleted, and the same command goes on later
     */
    public void run(Order order) {
        Target target = order.target();
        List<Manifest> all = Planner.inOrder(order.manifests());
        for (Manifest namespace : all) {
            if (namespace.ref().kind().equals(Planner.NAMESPACE)) {
                awaitNotGoing(namespace);
                apply(namespace, order);
            }
        }
        Kept root = secrets.wanted(Which.ROOT, target, order.rotate());
        save(root);
        of(all, Target.STORE).forEach(each -> apply(isSet(each, Target.STORE) ? root.in(each) : each, order));
        readying.awaitReady(target.storeNamespace(), Target.STORE);
        Kept keys = prepare(root.credentials(), order);
        of(all, Target.BROKERS).forEach(each -> apply(each, order));
        readying.awaitReady(target.brokerNamespace(), Target.BROKERS);
        configure(order, keys.credentials());
        removeOldUsers(root.credentials(), keys.credentials(), target);
        planner.leftOver(target, all).forEach(this::delete);
        events.accept(new Event.Installed(target.brokerNamespace(), target.brokers()));
    }

    /** A namespace that is being deleted takes nothing new, and is gone when it takes anything again. */
    private void awaitNotGoing(Manifest namespace) {
        wait.until(namespace.ref() + " is not being deleted any more", "kubectl get namespaces", () -> {
            Optional<String> going =
                    objects.find(namespace.ref()).flatMap(found -> found.text("metadata/deletionTimestamp"));
            return going.map(since -> Look.waiting("it has been since " + since))
                    .orElseGet(Look::done);
        });
    }

    private void save(Kept secret) {
        if (!secret.saved()) {
            objects.apply(secret.manifest(), true);
            Kind kind = secret.there() ? Kind.CHANGE : Kind.CREATE;
            events.accept(
                    new Event.ObjectApplied(new ObjectChange(secret.manifest().ref(), kind, List.of(), "")));
        }
    }

    /** A bucket that only one user may use, and the user. */
    private Kept prepare(Credentials root, Order order) {
        try (ObjectStore store = outside.store().apply(root)) {
            return prepare(store, order);
        }
    }

    private Kept prepare(ObjectStore store, Order order) {
        Target target = order.target();
        Made bucket = bucket(store, target.bucket());
        Made closed = store.closeToAnonymous(target.bucket());
        Kept keys = secrets.wanted(Which.BROKERS, target, order.rotate());
        Credentials user = keys.credentials();
        Made made = store.user(user.user(), user.password(), target.bucket());
        save(keys);
        events.accept(new Event.StorePrepared(target.bucket(), user.user(), bucket, closed, made));
        return keys;
    }

    /** The first question to the object store. A pod that is ready may still need a moment until it can be reached. */
    private Made bucket(ObjectStore store, String name) {
        Made[] made = {Made.UNCHANGED};
        wait.until("the object store answers", "the same command goes on from here", () -> {
            try {
                made[0] = store.bucket(name);
                return Look.done();
            } catch (Fault fault) {
                if (fault.exit() == Exit.UNREACHABLE) {
                    return Look.waiting(fault.why());
                }
                throw fault;
            }
        });
        return made[0];
    }

    /** By a connection of its own: one that nobody used while brokers started may be no connection any more. */
    private void removeOldUsers(Credentials root, Credentials keys, Target target) {
        try (ObjectStore store = outside.store().apply(root)) {
            bucket(store, target.bucket());
            store.removeOthers(keys.user(), target.bucket())
                    .forEach(user -> events.accept(new Event.StoreUserRemoved(user)));
        }
    }

    private void configure(Order order, Credentials keys) {
        Target target = order.target();
        boolean restart;
        try (Brokers brokers = outside.brokers().get()) {
            reconciler.awaitHealthy(brokers, target.brokers());
            outside.licence().ifPresent(text -> giveLicence(brokers.licences(), text));
            restart = reconciler.set(brokers, order.properties(), keys);
        }
        if (restart) {
            readying.restart(target.brokerNamespace(), Target.BROKERS);
            try (Brokers brokers = outside.brokers().get()) {
                reconciler.awaitHealthy(brokers, target.brokers());
                reconciler.awaitRestarted(brokers);
            }
        }
    }

    /** Before the properties: tiered storage is among those that may need one. */
    private void giveLicence(Licences licences, String text) {
        licences.put(text);
        licences.licence().ifPresent(licence -> events.accept(new Event.LicenceGiven(licence)));
    }

    private void apply(Manifest wanted, Order order) {
        ObjectChange change = planner.change(wanted, order.force());
        switch (change.kind()) {
            case CREATE, CHANGE -> {
                objects.apply(wanted, order.force());
                events.accept(new Event.ObjectApplied(change));
            }
            case CONFLICT, REFUSED ->
                throw Fault.refused(
                        wanted.ref() + " not applied",
                        change.why(),
                        "nothing was deleted; when that is mended, the same command goes on from here");
            case UNCHANGED, DELETE -> {}
        }
    }

    private void delete(Manifest found) {
        objects.delete(found);
        events.accept(new Event.ObjectApplied(new ObjectChange(found.ref(), Kind.DELETE, List.of(), "")));
    }

    private static boolean isSet(Manifest manifest, String name) {
        return manifest.ref().kind().equals("StatefulSet")
                && manifest.ref().name().equals(name);
    }

    private static List<Manifest> of(List<Manifest> manifests, String component) {
        return manifests.stream()
                .filter(each -> !each.ref().kind().equals(Planner.NAMESPACE))
                .filter(each -> each.text("metadata/labels/app.kubernetes.io~1name")
                        .filter(component::equals)
                        .isPresent())
                .toList();
    }
}
