package lvc.cache.topic;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lvc.cache.store.Change;
import lvc.cache.store.Entry;
import lvc.cache.store.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.ByteBuffer.wrap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class StageTest {
    private static final int MANY = 20_000;

    /** Who is told that a key changed asks for it: kafka-keyvalue's clients learn of nothing but its name. */
    @Test
    void whoIsToldOfADifferenceFindsItWhenHeAsks() throws InterruptedException {
        Stage stage = new Stage("t", 64 << 20);
        stage.show(image("old"), "ID1");
        AtomicReference<String> found = new AtomicReference<>("");
        Thread reader = new Thread(() -> {
            Change change = stage.changes().at(0);
            while (change == null) {
                Thread.onSpinWait();
                change = stage.changes().at(0);
            }
            Entry entry = stage.now().image().get(change.entry().key());
            found.set(entry == null ? "none" : text(entry));
        });
        reader.start();

        stage.replace(image("new"), "ID2");

        reader.join();
        assertThat(found.get()).isEqualTo("new");
    }

    @Test
    void whereThereIsNothingDifferentThePlaceIsAnotherAllTheSame() {
        Stage stage = new Stage("t", 1 << 20);
        assertThat(stage.arrival()).isEmpty();
        stage.show(image("same"), "ID1");

        stage.replace(image("same"), "ID2");

        assertThat(stage.changes().next()).isZero();
        assertThat(stage.arrival()).contains(new Arrival(0, stage.now().position()));
        stage.replace(image("other"), "ID3");
        assertThat(stage.arrival()).contains(new Arrival(MANY, stage.now().position()));
    }

    private static String text(Entry entry) {
        byte[] value = entry.value();
        return value == null ? "" : new String(value, UTF_8);
    }

    private static Image image(String value) {
        Image image = new Image();
        image.begin();
        for (int i = 0; i < MANY; i++) {
            image.put(0, i, 0, wrap(("k" + i).getBytes(UTF_8)), wrap(value.getBytes(UTF_8)), List.of());
            image.reached(0, i);
        }
        image.end();
        image.publish();
        return image;
    }
}
