package lvc.sandbox.broker;

import java.io.IOException;
import java.nio.file.Path;

/** Another sandbox works in the wanted directory. */
public final class DirectoryTaken extends IOException {

    private final transient Path directory;

    DirectoryTaken(Path directory) {
        super("another sandbox works in " + directory);
        this.directory = directory;
    }

    /** The directory that could not be had. */
    public Path directory() {
        return directory;
    }
}
