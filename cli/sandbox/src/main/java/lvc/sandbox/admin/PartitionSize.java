package lvc.sandbox.admin;

/** How many bytes a partition takes on the disk. */
@FunctionalInterface
public interface PartitionSize {

    /** Bytes of a partition that exists. */
    long bytes(String topic, int partition);
}
