package lvc.core.gate;

/** What the gate says. A reason is for people: it names partitions, brokers and numbers, and has no full stop. */
public sealed interface Verdict {

    /** Everything up to the noted ends was copied. */
    record Open() implements Verdict {}

    /** Not proven yet; looking again may help. */
    record Wait(String reason) implements Verdict {}

    /** Looking again does not help: somebody has to do something. */
    record Fail(String reason) implements Verdict {}
}
