package lvc.cli.view;

import java.time.Duration;
import java.util.Locale;
import lvc.core.event.Event;
import lvc.core.gate.Verdict;
import lvc.core.port.Pause;

/** What the live line says during a step of recreate: which step, how far, how fast, and what it waits for. */
final class StepLine {
    /** Below one percent an estimate would only be a guess. */
    private static final double WORTH_AN_ESTIMATE = 0.01;

    private final Pause clock;
    private String number = "";
    private String step = "";
    private String text = "";
    private Duration firstAt = Duration.ZERO;
    private long firstDone = -1;

    StepLine(Pause clock) {
        this.clock = clock;
    }

    /** At first it is told in full; with what it waits for beside it there is room for its name only. */
    void begin(Event.StepBegan began) {
        number = "step " + began.number() + "/" + began.of();
        step = number + " " + began.step();
        text = number + " " + began.what();
        firstDone = -1;
    }

    void end() {
        step = "";
    }

    /** Whether a step is under way. */
    boolean began() {
        return !step.isEmpty();
    }

    /** Which one, as in "step 3/16". */
    String number() {
        return number;
    }

    /** Something long goes on, in a step or outside of one. */
    String progressed(Event.Progressed progress) {
        return (step.isEmpty() ? "" : step + ": ") + progress.what() + ": " + RecreateText.number(progress.done());
    }

    /** Something is waited for, in a step or outside of one. */
    String waiting(Event.Waiting waiting) {
        String since = " (" + HumanView.seconds(waiting.since()) + ")";
        if (step.isEmpty()) {
            return "waiting until " + waiting.what() + ": " + waiting.reason() + since;
        }
        // While records are copied, how far and how fast was said a moment ago, with the same reason.
        return firstDone < 0 ? step + ": " + waiting.reason() + since : text;
    }

    void copied(Event.CopyProgressed progress) {
        Duration now = clock.elapsed();
        if (firstDone < 0) {
            firstDone = progress.done();
            firstAt = now;
        }
        double seconds = now.minus(firstAt).toMillis() / 1000.0;
        double rate = seconds > 0 ? (progress.done() - firstDone) / seconds : 0;
        StringBuilder line = new StringBuilder(step).append(": ");
        line.append(RecreateText.number(progress.done())).append(" of ").append(RecreateText.number(progress.total()));
        if (rate >= 1) {
            line.append(", ").append(RecreateText.number((long) rate)).append("/s");
            long left = progress.total() - progress.done();
            if (left > 0 && progress.done() >= WORTH_AN_ESTIMATE * progress.total()) {
                line.append(String.format(Locale.ROOT, ", %.0f s left", left / rate));
            }
        }
        if (progress.verdict() instanceof Verdict.Wait wait) {
            line.append(", ").append(wait.reason());
        }
        text = line.toString();
    }

    String text() {
        return text;
    }
}
