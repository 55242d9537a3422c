package lvc.cache.topic;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lvc.cache.store.Image;
import lvc.cache.store.Offsets;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Takes records into an image that nobody sees yet, while the next ones are fetched: one batch at a time. */
final class Loading implements AutoCloseable {
    private final Image image;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "loading");
        worker.setDaemon(true);
        return worker;
    });
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    Loading(Image image) {
        this.image = image;
    }

    /** Takes in a batch once the one before is taken in, and waits for that one. */
    void take(ConsumerRecords<ByteBuffer, ByteBuffer> records, Offsets reached) {
        await();
        last = CompletableFuture.runAsync(() -> Stage.load(image, records, reached), thread);
    }

    /** Waits until all is taken in. */
    void await() {
        try {
            last.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        try {
            await();
        } finally {
            thread.shutdown();
        }
    }
}
