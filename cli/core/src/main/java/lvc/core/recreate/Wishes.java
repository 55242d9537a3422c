package lvc.core.recreate;

import java.time.Duration;
import java.util.Optional;
import lvc.core.journal.Fencing;

/**
 * What a person asked for besides "recreate this cache".
 *
 * @param fencing how writers are to be kept away from the primary
 * @param writersStopped a person says that nobody writes
 * @param fromBackup the primary may be rebuilt from a secondary that has more than it
 * @param acceptLoss the destination may lose keys that the source cannot give back
 * @param allowLiveReaders clients may go on reading the hot topic
 * @param module what the everyday transform is to run, where it is not the built-in identity
 * @param leastSettle how long a fence must have held at least
 */
public record Wishes(
        Fencing fencing,
        boolean writersStopped,
        boolean fromBackup,
        boolean acceptLoss,
        boolean allowLiveReaders,
        Optional<ForwardModule> module,
        Duration leastSettle) {

    /** Nothing special. */
    public static Wishes plain(Duration leastSettle) {
        return new Wishes(Fencing.BROKER, false, false, false, false, Optional.empty(), leastSettle);
    }

    /** What the everyday transform is to run. */
    public ForwardModule forward() {
        return module.orElseGet(ForwardModule::identity);
    }
}
