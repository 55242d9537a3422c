package lvc.sandbox.broker;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Exit;

/** Keeps Apache Kafka from printing and from ending the process. */
final class KafkaQuiet {

    /** Held here because java.util.logging forgets a logger, and its level, when nobody does. */
    private static final List<Logger> LOGGERS = Stream.of(
                    "org.apache.kafka", "kafka", "state.change.logger", "com.yammer.metrics", "lvc.sandbox.broker")
            .map(Logger::getLogger)
            .toList();

    private KafkaQuiet() {}

    /** Turns off the logs of Apache Kafka in this process. */
    static void silence() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    /** Turns every attempt to end the process into a fault and an exception. */
    static void keepProcess(FaultLog faults) {
        Exit.Procedure refuse = (status, message) -> {
            faults.add("Apache Kafka wanted to end the process with status " + status + ": " + message, null);
            throw new IllegalStateException("the sandbox goes on");
        };
        Exit.setExitProcedure(refuse);
        Exit.setHaltProcedure(refuse);
    }
}
