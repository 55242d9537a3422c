package lvc.core.recreate;

import java.util.Optional;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;

/**
 * What a run of recreate has proven so far. A state knows what comes next and which state an outcome leads to; a
 * transition that is not safe has no method.
 *
 * <pre>
 *   approach A                          approach B
 *
 *   Begun                               Begun
 *     │ compare (covered)                 │ raise fence
 *     │                                 Fenced ◀─ deploy forward, where it did not run
 *     │                                   │ await drained
 *     │                                 Drained
 *     │                                   │ compare (equal)
 *   Proven                              Proven
 *     │ remove forward                    │ remove forward
 *   ForwardGone                         ForwardGone ◀─ compare again, where an end moved
 *     │ delete hot                        │ delete hot
 *   HotGone                             HotGone ◀───────────────────────────────┐
 *     │ create hot                        │ create hot                          │
 *   HotCreated                          HotCreated                              │
 *     │ forget offsets                    │ forget offsets                      │
 *   Ready                               Ready                                   │
 *     │ deploy forward +0                 │ open fence                          │
 *   Copying                             Open                                    │
 *     │ await restored                    │ deploy holding                      │
 *   Copied                              Holding                                 │
 *     │ compare (equal)                   │ raise fence                         │
 *   Finished                            Refenced                                │
 *                                         │ save strays                         │
 *                                       Saved                                   │
 *                                         │ deploy reverse                      │
 *                                       Reversing                               │
 *                                         │ await restored                      │
 *                                       Restored                                │
 *                                         │ remove reverse                      │
 *                                       ReverseGone                             │
 *                                         │ compare (equal) ── intruders ─▶ Disturbed
 *                                       Equal                                   │ save intruders
 *                                         │ deploy forward from T             Spoiled
 *                                       ForwardBack                             │ delete hot
 *                                         │ lower fence                         └─▶ HotGone
 *                                       Finished
 * </pre>
 */
sealed interface State permits Clearing, Rebuilding, Restoring, Leaving, Leaving.Left {

    /** What to do next. Looks only at what concerns this state; {@link Deciding} has looked at the rest. */
    Decision decide(Position position, Observation seen);

    /** The state that an outcome leads to; empty where it cannot happen. */
    Optional<State> next(Outcome outcome);

    /** How many steps are left at least. */
    int left(RunPlan plan);

    /** Whether the hot topic is still the one that was there at the start. */
    boolean hotIntact();

    /** Identity of the hot topic that this state was proven for; empty where any will do, or none. */
    Optional<String> hotId(RunPlan plan);

    /** Whether nobody but transforms may write to the hot topic as long as this state lasts (approach B). */
    boolean needsFence();

    /**
     * The state after something has become true. A fence that was raised again changes nothing by itself.
     *
     * @throws IllegalStateException when that cannot have happened here: the journal contradicts itself
     */
    default State after(Outcome outcome) {
        return next(outcome)
                .or(() -> needsFence() && outcome instanceof Outcome.FenceHolds ? Optional.of(this) : Optional.empty())
                .orElseThrow(() -> new IllegalStateException("the journal says " + outcome + " after " + this));
    }
}
