package lvc.sandbox.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fault switches of the sandbox: what goes wrong, and for how long. All are off at the start; tests and
 * {@code PUT /sandbox/faults} turn them on. A switch is a name and a text value, so that one endpoint serves all.
 */
public final class Faults {

    /** Every switch there is; the Javadoc of each says what its value means. */
    public enum Fault {
        /** Requests to leader-only Admin endpoints are answered 307 with this text as {@code Location} host and port. */
        ADMIN_REDIRECT,
        /** How many of the next deploy requests are refused with 503, nothing applied. */
        DEPLOY_503,
        /** How many of the next deploy requests are applied and then answered 504. */
        DEPLOY_504_AFTER_APPLY,
        /** How many of the next list requests are answered 500. */
        LIST_500,
        /** How many of the next scrapes of {@code /public_metrics} are answered 503. */
        METRICS_503,
        /** How many of the next Admin requests are dropped: the connection is closed without an answer. */
        ADMIN_DROP,
        /** Milliseconds every Admin answer is delayed. */
        ADMIN_DELAY_MS,
        /** Milliseconds between a deploy (200) and the processors' first sign of life (races R5, R8). */
        APPLY_DELAY_MS,
        /** Milliseconds a processor needs for every batch beyond its real work (races R1, R2). */
        BATCH_DELAY_MS,
        /** Milliseconds a deleted transform's processors go on before they stop (race R19). */
        STOP_DELAY_MS,
        /** While on ({@code true}), processors are never created after a deploy (race R5). */
        NO_PROCESSORS,
        /**
         * How many times the leaders of all input partitions move: every processor stops and another one takes over,
         * also that of a paused transform, because Redpanda does not look at the pause then (race R4).
         */
        LEADER_MOVE,
        /** Offset at which every transform traps, whatever its module does (race R15). */
        POISON_OFFSET,
        /** While on, Admin API integers are printed modulo 2^32 and signed, as 32-bit ints are (race R10). */
        WRAP_32_BIT,
        /**
         * Milliseconds between a change of the cluster configuration (200) and the moment at which the broker and the
         * engine see it and {@code /v1/cluster_config/status} reports its version: what a fence has to wait out.
         */
        CONFIG_DELAY_MS,
        /**
         * Days that the cluster's own trial lasts, counted from its creation, in place of 30; 0 is a trial that has ended.
         */
        TRIAL_DAYS,
        /**
         * While on, modules of newer SDKs that import {@code check_abi_version_3} are accepted. What version 3 means was
         * not seen in any broker's source: what the sandbox does then is unverified.
         */
        ABI_3;

        private static final Set<String> WITHOUT_NUMBER =
                Set.of("ADMIN_REDIRECT", "NO_PROCESSORS", "WRAP_32_BIT", "ABI_3");

        /** Whether the value of the switch is a number: of times, of milliseconds, or an offset. */
        public boolean takesNumber() {
            return !WITHOUT_NUMBER.contains(name());
        }
    }

    private final Map<Fault, String> values = new ConcurrentHashMap<>();

    /** Turns a switch on with a value, or off with an empty value. */
    public void set(Fault fault, String value) {
        if (value.isEmpty()) {
            values.remove(fault);
        } else {
            values.put(fault, value);
        }
    }

    /** The value of a switch, or an empty string when it is off. */
    public String get(Fault fault) {
        return values.getOrDefault(fault, "");
    }

    /** Whether a switch is on, whatever its value. */
    public boolean on(Fault fault) {
        return values.containsKey(fault);
    }

    /** The value as a number, or {@code otherwise} when the switch is off. */
    public long number(Fault fault, long otherwise) {
        String value = values.get(fault);
        return value == null ? otherwise : Long.parseLong(value);
    }

    /** Uses up one of the counted times of a switch; false when none is left. */
    public boolean take(Fault fault) {
        boolean[] taken = {false};
        values.computeIfPresent(fault, (ignored, left) -> {
            taken[0] = true;
            long rest = Long.parseLong(left) - 1;
            return rest <= 0 ? null : Long.toString(rest);
        });
        return taken[0];
    }

    /** The switches that are on, by name. */
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        values.forEach((fault, value) -> all.put(fault.name(), value));
        return all;
    }
}
