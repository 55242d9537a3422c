package lvc.core.recreate;

import java.util.Optional;
import lvc.core.fold.Latest;
import lvc.core.verify.Excuse;

/**
 * Approach B, when the primary is to be restored from a backup that has more: the secondary may have what the primary
 * lacks. It may not lack what the primary has, nor have something else for a key than a writer wrote last.
 */
record Backup() implements Excuse {

    @Override
    public boolean excuses(int partition, Optional<Latest> primary, Optional<Latest> secondary) {
        return primary.isEmpty() || primary.get().logAppendTime();
    }
}
