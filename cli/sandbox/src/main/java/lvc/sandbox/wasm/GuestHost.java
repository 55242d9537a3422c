package lvc.sandbox.wasm;

import java.util.List;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.OutputRecord;

/** What a running module talks to. All calls come from the thread that runs the module. */
public interface GuestHost {

    /**
     * Blocks until there are records. The call also says that the batch before is done: the module asks for the next
     * only when it has dealt with the last.
     *
     * @return records in order; empty when there is no batch after all
     * @throws Unwinding to end the module from here
     */
    List<InputRecord> nextBatch();

    /**
     * The module is about to be given this record.
     *
     * @throws Unwinding to end the module from here
     */
    void reading(InputRecord record);

    /** The module emits a record. {@code output} is an index into {@link GuestSettings#outputs}. */
    void emit(int output, OutputRecord record);

    /** The module printed a line, to standard output or to standard error. The bytes may be anything. */
    void print(boolean error, byte[] line);
}
