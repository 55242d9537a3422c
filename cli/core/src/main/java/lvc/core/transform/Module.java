package lvc.core.transform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A WebAssembly module: its bytes, and the digest by which lvc recognises what it deployed itself. */
public final class Module {

    /** The environment variable in which lvc leaves the digest of the module it deployed. */
    public static final String MODULE_VARIABLE = "LVC_MODULE";

    private final byte[] bytes;

    private Module(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The built-in identity: every record is copied as it is. Its source lies beside it. */
    public static Module identity() {
        return resource("identity.wasm");
    }

    /**
     * The built-in module that returns at once: it never asks for a record, so it writes nothing and commits nothing. A
     * transform that has only ever had this one still starts where its next deploy says.
     */
    public static Module holding() {
        return resource("holding.wasm");
    }

    /** A module from its bytes. */
    public static Module of(byte[] bytes) {
        return new Module(bytes.clone());
    }

    private static Module resource(String name) {
        try (InputStream in = Module.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the module " + name + " is missing from this build");
            }
            return new Module(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the bytes begin as a WebAssembly binary does (magic number, WebAssembly core specification 5.5.16). */
    public boolean isWebAssembly() {
        return bytes.length >= 8 && bytes[0] == 0 && bytes[1] == 'a' && bytes[2] == 's' && bytes[3] == 'm';
    }

    /** The binary. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** SHA-256 of the binary, in hexadecimal. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
