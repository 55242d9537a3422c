package lvc.core.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.port.Journal;

/** The journal: whoever takes it shuts out whoever had it. */
public final class SimulatedJournal implements Journal {
    /** Everything that was written. */
    public final List<Entry> entries = new ArrayList<>();
    /** Told of each entry that was written, heartbeats left out. */
    public Consumer<Entry> watcher = entry -> {};

    private final SimulatedWorld world;
    private int epoch;

    SimulatedJournal(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public List<Entry> read() {
        return world.ask("journal", () -> entries.stream()
                .filter(entry -> !(entry instanceof Entry.Beat))
                .toList());
    }

    @Override
    public Optional<Entry> last() {
        return world.ask(
                "journal", () -> entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1)));
    }

    @Override
    public Pen take() {
        return world.order("take", () -> {
            int mine = ++epoch;
            return new Pen() {
                @Override
                public void write(Entry entry) {
                    SimulatedJournal.this.write(entry, mine);
                }

                @Override
                public void close() {}
            };
        });
    }

    private void write(Entry entry, int mine) {
        world.ask("write", () -> {
            if (mine != epoch) {
                throw Fault.unfinished("journal not written", "somebody else has taken it", "lvc status");
            }
            entries.add(entry);
            if (!(entry instanceof Entry.Beat)) {
                world.tell("journal: " + entry);
                watcher.accept(entry);
            }
            return true;
        });
    }
}
