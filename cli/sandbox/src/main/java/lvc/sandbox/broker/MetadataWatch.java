package lvc.sandbox.broker;

import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;

/** Follows the cluster's metadata, a step behind the broker's own view of it, so that one can wait for a change. */
final class MetadataWatch implements MetadataPublisher {

    private static final long PATIENCE_MILLIS = 2_000;

    private final NavigableMap<Long, CompletableFuture<Void>> expected = new TreeMap<>();
    private MetadataImage image = MetadataImage.EMPTY;

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public void onMetadataUpdate(MetadataDelta delta, MetadataImage newImage, LoaderManifest manifest) {
        List<CompletableFuture<Void>> arrived;
        synchronized (this) {
            image = newImage;
            notifyAll();
            SortedMap<Long, CompletableFuture<Void>> reached = expected.headMap(newImage.offset(), true);
            arrived = List.copyOf(reached.values());
            reached.clear();
        }
        arrived.forEach(each -> each.complete(null));
    }

    /**
     * Done when the broker knows everything up to an offset of the metadata log, or after two seconds: some entries of
     * that log change nothing and are never heard of.
     */
    synchronized CompletableFuture<Void> reached(long offset) {
        if (image.offset() >= offset) {
            return CompletableFuture.completedFuture(null);
        }
        return expected.computeIfAbsent(offset, missing -> new CompletableFuture<Void>()
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {}

    /** What the broker knows, or a moment older. */
    synchronized MetadataImage image() {
        return image;
    }

    /** Waits until something holds; false when it did not within the time. */
    synchronized boolean await(Predicate<MetadataImage> condition, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.test(image)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
