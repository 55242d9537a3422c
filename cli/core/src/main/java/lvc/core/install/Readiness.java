package lvc.core.install;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lvc.core.kube.PodSeen;
import lvc.core.kube.SetSeen;

/** Whether a StatefulSet is ready, still on its way, or will not get there without help. Pure. */
public sealed interface Readiness {

    /** All pods take requests and are made from the newest template. */
    record Ready() implements Readiness {}

    /** It may still get there. */
    record Waiting(String reason) implements Readiness {}

    /**
     * Waiting on does not help.
     *
     * @param pod whose last words tell more
     * @param container the same; empty when no container was started
     */
    record Failing(String reason, String pod, Optional<String> container) implements Readiness {}

    /** How often a container may be started again before nobody waits for it any more. */
    int RESTARTS = 3;

    /**
     * Reasons of a container that nothing but a person changes, as the kubelet names them. ErrImagePull is not among them:
     * it is tried again, and becomes ImagePullBackOff.
     */
    Set<String> HOPELESS =
            Set.of("ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError");

    /** What is said of a container that ends again and again. */
    String CRASH_LOOP = "CrashLoopBackOff";

    /** Judges what was seen. Pods that are going and pods of an older template that are fine hinder nobody. */
    static Readiness of(SetSeen set, List<PodSeen> pods) {
        if (!set.observed()) {
            return new Waiting("the change has not been seen yet");
        }
        for (PodSeen pod : pods) {
            if (!pod.going() && !pod.ready()) {
                Optional<Readiness> failing = failing(pod).filter(now -> isNew(pod, set) || now instanceof Waiting);
                if (failing.isPresent()) {
                    return failing.get();
                }
            }
        }
        if (set.ready() >= set.wanted() && set.current() >= set.wanted()) {
            return new Ready();
        }
        return new Waiting(set.ready() + " of " + set.wanted() + " ready"
                + (set.current() < set.wanted() ? ", " + set.current() + " up to date" : "")
                + pods.stream()
                        .filter(pod -> !pod.ready())
                        .findFirst()
                        .map(pod -> ": " + doing(pod))
                        .orElse(""));
    }

    /** One of an older template is about to be replaced, whatever is wrong with it. */
    private static boolean isNew(PodSeen pod, SetSeen set) {
        return pod.revision().equals(set.revision());
    }

    private static Optional<Readiness> failing(PodSeen pod) {
        for (PodSeen.Container each : pod.containers()) {
            String waiting = each.waiting().orElse("");
            boolean loops = waiting.equals(CRASH_LOOP) && each.restarts() >= RESTARTS;
            if (loops || HOPELESS.contains(waiting)) {
                return Optional.of(new Failing(
                        "container " + each.name() + " of pod " + pod.name() + ": " + waiting
                                + (loops ? ended(each) : "")
                                + (each.message().isEmpty() ? "" : ": " + each.message()),
                        pod.name(),
                        loops ? Optional.of(each.name()) : Optional.empty()));
            }
        }
        return pod.unschedulable().map(why -> new Waiting("pod " + pod.name() + " has no node: " + why));
    }

    private static String ended(PodSeen.Container container) {
        return container
                        .exit()
                        .map(code -> ", ended with " + code
                                + (container.exitReason().isEmpty() ? "" : " (" + container.exitReason() + ")"))
                        .orElse("")
                + " after " + container.restarts() + " restarts";
    }

    private static String doing(PodSeen pod) {
        return pod.containers().stream()
                .filter(each -> each.waiting().isPresent())
                .findFirst()
                .map(each -> pod.name() + " " + each.waiting().orElse("") + " (" + each.name() + ")")
                .orElse(pod.name() + " " + pod.phase());
    }
}
