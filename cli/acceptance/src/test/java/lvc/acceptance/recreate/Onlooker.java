package lvc.acceptance.recreate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import lvc.cache.store.Change;
import lvc.cache.store.ChangeLog;
import lvc.cache.store.Entry;
import lvc.cache.store.Snapshot;
import lvc.cache.topic.Opening;
import lvc.cache.topic.Served;
import lvc.cache.topic.ServedTopic;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Looks at served values in two ways at once, one key after the other and as one who follows all changes, and writes down
 * what must not be: a value older than one that was seen, and a key gone that nobody has deleted. What a {@link Writer}
 * writes counts up.
 */
final class Onlooker implements AutoCloseable {
    private static final int MOST = 20;
    private static final int LOOKS = 500;
    private static final long REST_NANOS = 1_000_000;

    private final ServedTopic served;
    private final int keys;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final Set<String> freshness = ConcurrentHashMap.newKeySet();
    private final Map<String, String> followed = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = List.of(new Thread(this::look), new Thread(this::follow));

    /** @param keys how many keys there are that begin with {@code stay-}, which nobody deletes */
    Onlooker(ServedTopic served, int keys) {
        this.served = served;
        this.keys = keys;
        threads.forEach(Thread::start);
    }

    /** What must not be. */
    List<String> wrong() {
        return wrong;
    }

    /** All that the topic said of how fresh it is. */
    Set<String> freshness() {
        return freshness;
    }

    /** What one has who follows all changes. */
    Map<String, String> followed() {
        return new TreeMap<>(followed);
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void look() {
        Map<String, Long> seen = new HashMap<>();
        Random dice = new Random(1);
        while (open()) {
            Served now = served.now();
            freshness.add(now.freshness().word());
            String key = (dice.nextBoolean() ? "stay-" : "one-") + dice.nextInt(keys);
            Entry entry = now.image().get(key.getBytes(UTF_8));
            if (entry != null) {
                note("looked at", seen, entry);
            } else if (key.startsWith("stay-")) {
                wrong("looked at", key + " was gone");
            }
            if (dice.nextInt(LOOKS) == 0) {
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }

    private void follow() {
        Map<String, Long> seen = new HashMap<>();
        Opening opening = served.open();
        Snapshot.Cursor each = opening.snapshot().values();
        while (each.next()) {
            note("first seen", seen, each.entry());
            keep(each.entry());
        }
        ChangeLog changes = served.changes();
        long next = opening.next();
        while (open()) {
            Change change = changes.at(next);
            if (change != null) {
                next++;
                if (!change.entry().deleted()) {
                    note("followed", seen, change.entry());
                } else if (text(change.entry().key()).startsWith("stay-")) {
                    wrong("followed", text(change.entry().key()) + " was deleted");
                }
                keep(change.entry());
            } else if (changes.lost(next)) {
                wrong("followed", "change " + next + " was lost");
                return;
            } else {
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }

    private void keep(Entry entry) {
        byte[] value = entry.value();
        if (value == null) {
            followed.remove(text(entry.key()));
        } else {
            followed.put(text(entry.key()), text(value));
        }
    }

    private void note(String how, Map<String, Long> seen, Entry entry) {
        String key = text(entry.key());
        byte[] value = entry.value();
        long number = value == null ? -1 : Long.parseLong(text(value).substring(1));
        Long before = seen.put(key, number);
        if (before != null && number < before) {
            wrong(how, key + " was v" + before + " and then v" + number + " at offset " + entry.offset());
        }
    }

    private void wrong(String how, String what) {
        if (wrong.size() < MOST) {
            wrong.add(how + ": " + what);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
