package lvc.adapter.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lvc.core.fault.Fault;

/** A file that holds a secret and nothing else. */
public final class SecretFile {
    private SecretFile() {}

    /**
     * Its content, without the line end that editors add.
     *
     * @throws Fault USAGE when it cannot be read
     */
    public static String read(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw Fault.usage("secret not read", "cannot read " + file, "make the file readable for this user only")
                    .causedBy(e);
        }
    }
}
