package lvc.sandbox.broker;

/** The partition does not exist, or no longer: its topic was deleted, perhaps created again since. */
public final class NoSuchPartition extends RuntimeException {

    NoSuchPartition(String topic, int partition) {
        super("no partition " + partition + " of topic " + topic);
    }
}
