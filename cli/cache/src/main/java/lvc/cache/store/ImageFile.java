package lvc.cache.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import lvc.core.record.Header;
import org.jspecify.annotations.Nullable;

/**
 * An image in a file: a mark and the version of the format, what it is of, all entries, and at the end a checksum over all
 * that. Written beside the old one and put into its place when it is whole.
 */
public final class ImageFile {
    private static final int MARK = 0x4c56_4301;
    private static final int BUFFER = 1 << 16;
    private static final int NONE = -1;

    private ImageFile() {}

    /**
     * What was in a file.
     *
     * @param of where in the life of which topic the image was taken
     * @param at when it was known to be all that there is, by the clock of whoever wrote it
     * @param image not published yet
     */
    public record Content(String topic, Position of, Instant at, Image image) {}

    /**
     * Writes a file, readable for its owner only where the directory is.
     *
     * @param incarnation of the topic
     * @param at when the snapshot was known to be all that there is
     */
    public static void write(Path file, String topic, String incarnation, Snapshot snapshot, Instant at)
            throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        CRC32C sum = new CRC32C();
        try (FileChannel channel = FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                        new CheckedOutputStream(Channels.newOutputStream(channel), sum), BUFFER))) {
            out.writeInt(MARK);
            text(out, topic);
            text(out, new Position(snapshot.offsets(), incarnation).toString());
            text(out, snapshot.floor().toString());
            out.writeLong(at.toEpochMilli());
            Snapshot.Cursor each = snapshot.since(Offsets.NONE);
            while (each.next()) {
                entry(out, each.entry());
            }
            out.writeInt(NONE);
            out.flush();
            out.writeLong(sum.getValue());
            out.flush();
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? NONE : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static void entry(DataOutputStream out, Entry entry) throws IOException {
        bytes(out, entry.key());
        bytes(out, entry.value());
        out.writeInt(entry.partition());
        out.writeLong(entry.offset());
        out.writeLong(entry.timestamp());
        out.writeInt(entry.headers().size());
        for (Header header : entry.headers()) {
            text(out, header.key());
            bytes(out, header.value());
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read, is damaged or is of a format that is not known
     */
    public static Content read(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        long length = Files.size(file);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                DataInputStream in = new DataInputStream(new CheckedInputStream(raw, sum))) {
            if (in.readInt() != MARK) {
                throw new IOException("not an image, or of another version of lvc");
            }
            String topic = text(in, length);
            Position of = Position.parse(text(in, length));
            Image image = Image.since(Offsets.parse(text(in, length)));
            Instant at = Instant.ofEpochMilli(in.readLong());
            image.begin();
            try {
                entries(in, length, image);
                for (int partition = 0; partition < of.offsets().partitions(); partition++) {
                    image.reached(partition, of.offsets().last(partition));
                }
            } finally {
                image.end();
            }
            long computed = sum.getValue();
            if (in.readLong() != computed) {
                throw new IOException("damaged: its checksum is another one");
            }
            return new Content(topic, of, at, image);
        } catch (EOFException e) {
            throw new IOException("damaged: cut short", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
    }

    private static void entries(DataInputStream in, long most, Image image) throws IOException {
        for (byte[] key = bytes(in, most); key != null; key = bytes(in, most)) {
            byte[] value = bytes(in, most);
            int partition = in.readInt();
            long offset = in.readLong();
            long timestamp = in.readLong();
            int count = in.readInt();
            List<Header> headers = new ArrayList<>(Math.max(0, Math.min(count, BUFFER)));
            for (int i = 0; i < count; i++) {
                headers.add(new Header(text(in, most), bytes(in, most)));
            }
            image.put(
                    partition,
                    offset,
                    timestamp,
                    ByteBuffer.wrap(key),
                    value == null ? null : ByteBuffer.wrap(value),
                    headers);
        }
    }

    private static String text(DataInputStream in, long most) throws IOException {
        byte[] bytes = bytes(in, most);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(DataInputStream in, long most) throws IOException {
        int length = in.readInt();
        if (length < NONE || length > most) {
            throw new IOException("damaged: a length that cannot be");
        }
        return length == NONE ? null : in.readNBytes(length);
    }
}
