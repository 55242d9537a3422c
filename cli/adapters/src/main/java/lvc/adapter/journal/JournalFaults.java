package lvc.adapter.journal;

import java.util.regex.Pattern;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says in a person's words why the journal could not be read or written. */
final class JournalFaults {

    /** Names of the client's classes and calls, and what it says when it got no answer whatever it asked. */
    private static final Pattern INSIDES = Pattern.compile(
            "(?s)(org\\.apache\\.kafka\\.[\\w.$]+: )|(\\s*Call(: |\\().*)|(Timed out waiting for a node assignment\\.)");

    private JournalFaults() {}

    /**
     * Translates what a Kafka client threw.
     *
     * @param what was not done
     * @param brokers where it was tried
     */
    static RuntimeException of(Throwable thrown, String what, String brokers) {
        if (is(thrown, InterruptException.class) || is(thrown, InterruptedException.class)) {
            return new Pause.Interrupted();
        }
        if (is(thrown, AuthenticationException.class)) {
            return Fault.unreachable(
                            what,
                            "the brokers at " + brokers + " do not accept these credentials: " + said(thrown),
                            "look at the kafka.* lines of config.properties (lvc config shows what is used)")
                    .causedBy(thrown);
        }
        if (is(thrown, AuthorizationException.class)) {
            return Fault.unreachable(
                            what,
                            "the brokers at " + brokers + " refuse it to this user: " + said(thrown),
                            "ask for the right that is missing, or use another user (kafka.* in config.properties)")
                    .causedBy(thrown);
        }
        if (slow(thrown)) {
            String said = said(thrown);
            return Fault.unreachable(
                            what,
                            "no usable answer from " + brokers + " in time" + (said.isEmpty() ? "" : ": " + said),
                            "is the address right and the broker up? --brokers, --timeout")
                    .causedBy(thrown);
        }
        return Fault.failed(what, "the brokers at " + brokers + " said: " + said(thrown), "lvc status")
                .causedBy(thrown);
    }

    /** Whether it may work later without anybody doing anything. */
    static boolean slow(Throwable thrown) {
        return is(thrown, TimeoutException.class) || is(thrown, RetriableException.class);
    }

    /** Whether something or one of its causes is of a kind; Kafka's producer wraps what stopped it. */
    static boolean is(Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (kind.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    /** The words of the first cause, which know most, without what only those who wrote the client understand. */
    static String said(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String said = first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
        return INSIDES.matcher(said).replaceAll("").strip();
    }
}
