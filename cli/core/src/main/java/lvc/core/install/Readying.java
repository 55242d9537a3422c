package lvc.core.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.SetSeen;
import lvc.core.port.Objects;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/** Waits for pods, and for none that will not come: then it tells their last words. */
final class Readying {
    private static final String NAME = "app.kubernetes.io/name";
    private static final int LAST_LINES = 20;
    private static final String GOES_ON =
            "nothing was deleted; when that is mended, the same command goes on from here";

    private final Objects objects;
    private final Wait wait;
    private final Consumer<Event> events;

    Readying(Objects objects, Wait wait, Consumer<Event> events) {
        this.objects = objects;
        this.wait = wait;
        this.events = events;
    }

    /**
     * Returns when all pods of a StatefulSet take requests.
     *
     * @throws Fault FAILED when a pod will not get ready
     */
    void awaitReady(String namespace, String name) {
        wait.until("StatefulSet " + namespace + "/" + name + " is ready", GOES_ON, () -> {
            Readiness now = look(namespace, name);
            if (now instanceof Readiness.Failing failing) {
                throw failed(namespace, name, failing);
            }
            return now instanceof Readiness.Waiting waiting ? Look.waiting(waiting.reason()) : Look.done();
        });
        events.accept(new Event.ObjectReady(new ObjectRef("apps/v1", "StatefulSet", namespace, name)));
    }

    private Readiness look(String namespace, String name) {
        Optional<SetSeen> set = objects.set(namespace, name);
        if (set.isEmpty()) {
            return new Readiness.Waiting("it is not there yet");
        }
        Readiness now = Readiness.of(set.get(), objects.pods(namespace, Map.of(NAME, name)));
        if (now instanceof Readiness.Waiting waiting
                && set.get().made() < set.get().wanted()) {
            // Without a pod only the StatefulSet knows why: a quota, a policy.
            return objects.lastEvent(namespace, "StatefulSet", name)
                    .<Readiness>map(said -> new Readiness.Waiting(waiting.reason() + "; " + said))
                    .orElse(now);
        }
        return now;
    }

    private Fault failed(String namespace, String name, Readiness.Failing failing) {
        List<String> words = new ArrayList<>();
        words.add(failing.reason());
        asFarAsKnown(() -> objects.lastEvent(namespace, "Pod", failing.pod()).ifPresent(words::add));
        failing.container()
                .ifPresent(container -> asFarAsKnown(() -> events.accept(new Event.LastWords(
                        namespace,
                        failing.pod(),
                        objects.lastLines(namespace, failing.pod(), container, LAST_LINES)))));
        return Fault.failed(name + " does not get ready", String.join("; ", words), GOES_ON);
    }

    /** What went wrong must be said even if no more is to be had about it. */
    private static void asFarAsKnown(Runnable words) {
        try {
            words.run();
        } catch (Fault unknown) {
            // The reason of the failure itself is known.
        }
    }

    /** Starts the pods of a StatefulSet again, the last one first, each when those before are ready. */
    void restart(String namespace, String name) {
        int pods = objects.set(namespace, name).map(SetSeen::wanted).orElse(0);
        for (int ordinal = pods - 1; ordinal >= 0; ordinal--) {
            ObjectRef pod = new ObjectRef("v1", "Pod", namespace, name + "-" + ordinal);
            Optional<Manifest> old = objects.find(pod);
            if (old.isPresent()) {
                objects.delete(old.get());
                awaitAnother(old.get());
            }
            awaitReady(namespace, name);
        }
    }

    private void awaitAnother(Manifest old) {
        wait.until(old.ref() + " was started again", GOES_ON, () -> {
            Optional<Manifest> now = objects.find(old.ref());
            if (now.isEmpty()) {
                return Look.waiting("the old one is gone");
            }
            return now.get().text("metadata/uid").equals(old.text("metadata/uid"))
                    ? Look.waiting("the old one is stopping")
                    : Look.done();
        });
    }
}
