package lvc.core.kube;

/**
 * A StatefulSet and how far it is.
 *
 * @param wanted pods
 * @param made pods that there are
 * @param ready pods that take requests
 * @param current pods that are made from the newest template
 * @param observed whether the controller has seen the newest change
 * @param revision of the newest template; empty before the controller has seen it
 */
public record SetSeen(String name, int wanted, int made, int ready, int current, boolean observed, String revision) {}
