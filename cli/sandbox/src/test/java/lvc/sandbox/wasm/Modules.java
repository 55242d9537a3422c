package lvc.sandbox.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The modules of the tests: the two that lvc ships, read where they lie, and those beside this class. */
public final class Modules {

    /** Where the shipped modules and their sources lie, seen from this room. */
    public static final Path SHIPPED = Path.of("..", "core", "src", "main", "resources", "lvc", "core", "transform");

    private Modules() {}

    public static byte[] identity() {
        return shipped("identity");
    }

    public static byte[] holding() {
        return shipped("holding");
    }

    private static byte[] shipped(String name) {
        try {
            return Files.readAllBytes(SHIPPED.resolve(name + ".wasm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A module of the tests; its source has the same name and ends in {@code .wat}. */
    public static byte[] test(String name) {
        try (InputStream in = Modules.class.getResourceAsStream(name + ".wasm")) {
            if (in == null) {
                throw new IllegalArgumentException("no module " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
