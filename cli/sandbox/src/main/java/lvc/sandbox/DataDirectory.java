package lvc.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where a sandbox keeps its state, held by a lock for as long as the sandbox runs. Either a directory that the user
 * named, which stays, or a temporary one, which is deleted at the end. A temporary one whose sandbox was killed is
 * deleted by the next sandbox: its lock is free then.
 */
final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DataDirectory.class.getName());
    private static final String PREFIX = "lvc-sandbox-";
    private static final String LOCK = "lvc-sandbox.lock";
    private static final String CREATED = "created";
    /** Lock files held by this process, by identity: merely closing another channel to one would set it free (POSIX). */
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;
    private final boolean temporary;

    private DataDirectory(Path path, FileChannel lock, boolean temporary) {
        this.path = path;
        this.lock = lock;
        this.temporary = temporary;
    }

    /**
     * Takes a directory that stays.
     *
     * @throws StartRefused when another sandbox works in it
     */
    static DataDirectory kept(Path path) throws IOException {
        Files.createDirectories(path);
        Optional<FileChannel> lock = lock(path);
        if (lock.isEmpty()) {
            throw new StartRefused(
                    "the sandbox did not start: its data directory is in use",
                    "another sandbox works in " + path.toAbsolutePath(),
                    "stop the other sandbox, or give another directory with --data",
                    new OverlappingFileLockException());
        }
        return new DataDirectory(path, lock.get(), false);
    }

    /** Takes a fresh directory that is deleted in the end. */
    static DataDirectory temporary(Path parent) throws IOException {
        // Locked under another name first, so that nobody ever sees it under its own name without its lock.
        Path unnamed = Files.createTempDirectory(parent, ".lvc-new-");
        FileChannel lock = lock(unnamed).orElseThrow(() -> new IOException("cannot lock " + unnamed));
        Path path =
                unnamed.resolveSibling(PREFIX + unnamed.getFileName().toString().substring(".lvc-new-".length()));
        Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
        return new DataDirectory(path, lock, true);
    }

    /** Where temporary directories are made. */
    static Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Deletes the temporary directories of sandboxes that were killed. */
    static void clean(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path path : left) {
                cleanOne(path);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "cleaning " + parent, e);
        }
    }

    private static void cleanOne(Path path) {
        if (!Files.isDirectory(path) || !Files.isWritable(path)) {
            return;
        }
        try {
            lock(path).ifPresent(lock -> new DataDirectory(path, lock, true).close());
        } catch (IOException e) {
            LOG.log(Level.FINE, "cleaning " + path, e);
        }
    }

    Path path() {
        return path;
    }

    /** When it was first used. */
    Instant created() throws IOException {
        Path file = path.resolve(CREATED);
        if (!Files.exists(file)) {
            Files.writeString(file, Instant.now().toString());
        }
        return Instant.parse(Files.readString(file).trim());
    }

    /** Lets go of it, and deletes it when it was temporary. */
    @Override
    public void close() {
        try (lock) {
            identity(path.resolve(LOCK)).ifPresent(HELD::remove);
            if (temporary) {
                delete(path);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "leaving " + path, e);
        }
    }

    private static Optional<FileChannel> lock(Path directory) throws IOException {
        Path file = directory.resolve(LOCK);
        if (identity(file).filter(HELD::contains).isPresent()) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        identity(file).ifPresent(HELD::add);
        return Optional.of(channel);
    }

    /** The same for all names of a file; absent when there is none or the file system has no such thing. */
    private static Optional<Object> identity(Path file) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
