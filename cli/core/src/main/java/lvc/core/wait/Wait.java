package lvc.core.wait;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;

/**
 * Waits until something holds. It gives up when nothing has moved for the whole patience; as long as something moves it
 * goes on. Every look tells why it is still waiting, and that is what a person sees.
 */
public final class Wait {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Pause pause;
    private final Duration patience;
    private final Consumer<Event> events;
    private final Runnable demand;

    /** @param patience how long nothing may move before the wait is given up */
    public Wait(Pause pause, Duration patience, Consumer<Event> events) {
        this(pause, patience, events, () -> {});
    }

    private Wait(Pause pause, Duration patience, Consumer<Event> events, Runnable demand) {
        this.pause = pause;
        this.patience = patience;
        this.events = events;
        this.demand = demand;
    }

    /** The same, given up when something does not hold any more: before every look it is demanded. */
    public Wait asLongAs(Runnable holds) {
        return new Wait(pause, patience, events, holds);
    }

    /**
     * One look at the world.
     *
     * @param holds whether the wait is over
     * @param reason what it waits for; a changed reason counts as movement
     */
    public record Look(boolean holds, String reason) {

        /** The condition holds. */
        public static Look done() {
            return new Look(true, "");
        }

        /** The condition does not hold yet. */
        public static Look waiting(String reason) {
            return new Look(false, reason);
        }
    }

    /**
     * Looks until the condition holds.
     *
     * @param what is waited for, as in "transform t runs"
     * @param next what a person should do when it never does
     * @throws Fault UNREACHABLE when the patience is at its end, with the last reason
     */
    public void until(String what, String next, Supplier<Look> look) {
        inVain(what, look).ifPresent(reason -> {
            throw Fault.unreachable(
                    "waited in vain until " + what,
                    reason + " (nothing moved for " + patience.toSeconds() + " s)",
                    next);
        });
    }

    /** Looks until the condition holds; the last reason when the patience came to its end before. */
    public Optional<String> inVain(String what, Supplier<Look> look) {
        Duration begun = pause.elapsed();
        Duration moved = begun;
        String reason = "";
        while (true) {
            demand.run();
            Look now = look.get();
            if (now.holds()) {
                return Optional.empty();
            }
            Duration time = pause.elapsed();
            if (!now.reason().equals(reason)) {
                reason = now.reason();
                moved = time;
            }
            events.accept(new Event.Waiting(what, reason, time.minus(begun)));
            if (time.minus(moved).compareTo(patience) >= 0) {
                return Optional.of(reason);
            }
            pause.pause(BETWEEN_LOOKS);
        }
    }
}
