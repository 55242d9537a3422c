package lvc.adapter.kafka;

import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Says in a person's words what a Kafka client means by its exceptions. */
final class KafkaFaults {

    /** Names of the client's classes and calls, and what it says when it got no answer whatever it asked. */
    private static final Pattern INSIDES = Pattern.compile(
            "(?s)(org\\.apache\\.kafka\\.[\\w.$]+: )|(\\s*Call(: |\\().*)|(Timed out waiting for a node assignment\\.)");

    private KafkaFaults() {}

    /** The result of a client call, or a fault that says what was not done. */
    static <T> T get(KafkaFuture<T> future, String what, String brokers) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        } catch (ExecutionException e) {
            throw of(e.getCause() == null ? e : e.getCause(), what, brokers);
        }
    }

    /** Without what only those who wrote the client understand. */
    private static String plain(String said) {
        return INSIDES.matcher(said).replaceAll("").strip();
    }

    /**
     * Translates.
     *
     * @param what was not done, as in "topic t not created"
     * @param brokers where it was tried
     */
    static RuntimeException of(Throwable cause, String what, String brokers) {
        String said = plain(String.valueOf(cause.getMessage()));
        if (cause instanceof InterruptException) {
            return new Pause.Interrupted();
        }
        if (cause instanceof AuthenticationException) {
            return Fault.unreachable(
                            what,
                            "the brokers at " + brokers + " do not accept these credentials: " + said,
                            "look at the kafka.* lines of config.properties (lvc config shows what is used)")
                    .causedBy(cause);
        }
        if (cause instanceof AuthorizationException) {
            return Fault.unreachable(
                            what,
                            "the brokers at " + brokers + " refuse it to this user: " + said,
                            "ask for the right that is missing, or use another user (kafka.* in config.properties)")
                    .causedBy(cause);
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return Fault.failed(what, "the cluster knows no such topic", "lvc create-topics, or lvc status")
                    .causedBy(cause);
        }
        if (cause instanceof TimeoutException || cause instanceof RetriableException) {
            return Fault.unreachable(
                            what,
                            "no usable answer from " + brokers + " in time" + (said.isEmpty() ? "" : ": " + said),
                            "is the address right and the broker up? --brokers, --timeout")
                    .causedBy(cause);
        }
        return Fault.failed(what, "the brokers at " + brokers + " said: " + said, "lvc status")
                .causedBy(cause);
    }
}
