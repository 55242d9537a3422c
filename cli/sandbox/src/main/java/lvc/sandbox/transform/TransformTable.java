package lvc.sandbox.transform;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The transforms that are deployed, with their modules, on disk before a change is answered. Reads never wait for a
 * change: the broker asks who uses a topic while a deploy asks the broker which topics there are.
 */
final class TransformTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final AtomicFile file;
    private volatile Content content;

    /** @param next the id or revision that is given out next */
    private record Content(long next, List<Transform> transforms) {}

    /** Reads what an earlier process left in the directory. */
    TransformTable(Path directory) {
        this.directory = directory;
        file = new AtomicFile(directory.resolve("transforms.json"));
        content = file.read().map(TransformTable::parsed).orElse(new Content(1, List.of()));
    }

    private static Content parsed(byte[] json) {
        try {
            return JSON.readValue(json, Content.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All transforms, the oldest first. */
    List<Transform> all() {
        return content.transforms();
    }

    Optional<Transform> named(String name) {
        return all().stream().filter(transform -> transform.name().equals(name)).findFirst();
    }

    Optional<Transform> withId(long id) {
        return all().stream().filter(transform -> transform.id() == id).findFirst();
    }

    /** A number that was never given out before. */
    synchronized long nextNumber() {
        long number = content.next();
        content = new Content(number + 1, content.transforms());
        return number;
    }

    /** Adds a transform, or replaces the one with its id. */
    synchronized void put(Transform transform) {
        List<Transform> transforms = new ArrayList<>(all());
        int at = transforms.stream().map(Transform::id).toList().indexOf(transform.id());
        if (at < 0) {
            transforms.add(transform);
        } else {
            transforms.set(at, transform);
        }
        save(transforms);
    }

    synchronized void remove(long id) {
        save(all().stream().filter(transform -> transform.id() != id).toList());
    }

    private void save(List<Transform> transforms) {
        Set<String> before = modules(all());
        Content next = new Content(content.next(), List.copyOf(transforms));
        try {
            file.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(next));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        content = next;
        before.removeAll(modules(transforms));
        before.forEach(unused -> moduleFile(unused).delete());
    }

    private static Set<String> modules(List<Transform> transforms) {
        return transforms.stream().map(Transform::module).collect(Collectors.toSet());
    }

    /** Stores a module and gives the name under which {@link Transform#module} refers to it. */
    synchronized String storeModule(byte[] module) {
        String name = sha256(module);
        moduleFile(name).write(module);
        return name;
    }

    /** The bytes of a module; empty when nobody refers to it any more. */
    Optional<byte[]> module(String name) {
        return moduleFile(name).read();
    }

    private AtomicFile moduleFile(String name) {
        return new AtomicFile(directory.resolve("modules").resolve(name + ".wasm"));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
