package lvc.client;

/** Where a record went. Given to a read, that one waits until the cache has it. */
public record Written(int partition, long offset) {

    /** As the cache writes offsets. */
    String offsets() {
        return partition + ":" + offset;
    }
}
