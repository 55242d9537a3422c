package lvc.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class Told implements Updates {
    final List<String> all = new CopyOnWriteArrayList<>();
    final List<IOException> troubles = new CopyOnWriteArrayList<>();

    @Override
    public void value(Bytes key, Value value) {
        all.add(key + "=" + value.text());
    }

    @Override
    public void deleted(Bytes key) {
        all.add(key + " gone");
    }

    @Override
    public void complete() {
        all.add("complete");
    }

    @Override
    public void freshness(String freshness) {
        all.add(freshness);
    }

    @Override
    public void disconnected(IOException why) {
        troubles.add(why);
    }
}
