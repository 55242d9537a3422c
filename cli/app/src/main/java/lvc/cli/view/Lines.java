package lvc.cli.view;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import lvc.core.fault.Fault;
import lvc.core.record.PipeOutput;
import lvc.core.record.ReaderGone;

/** Standard output, line by line, each seen at once. */
public final class Lines {
    private static final int BUFFER = 1 << 13;

    private final PipeOutput out;

    public Lines(OutputStream out) {
        this.out = new PipeOutput(out, BUFFER);
    }

    /**
     * Prints a line.
     *
     * @throws UncheckedIOException around {@link ReaderGone} when nobody reads any more
     * @throws Fault FAILED when the line cannot be written
     */
    void print(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (ReaderGone e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw Fault.failed(
                            "output not written",
                            "standard output takes no more: " + e.getMessage(),
                            "is the disk full? What the command was to do may have been done: lvc status")
                    .causedBy(e);
        }
    }
}
