package lvc.cache.store;

/** All of an image, or of some of its keys, at one moment. Holds on to memory for as long as somebody holds on to it. */
public final class Snapshot {
    private final Places places;
    private final byte[][] chunks;
    private final Offsets offsets;
    private final Offsets floor;
    private final long size;

    Snapshot(Places places, byte[][] chunks, Offsets offsets, Offsets floor, long size) {
        this.places = places;
        this.chunks = chunks;
        this.offsets = offsets;
        this.floor = floor;
        this.size = size;
    }

    /** How far it reaches. */
    public Offsets offsets() {
        return offsets;
    }

    /** From where on all deletions are known. */
    Offsets floor() {
        return floor;
    }

    /** How many keys of the image have a value. */
    public long size() {
        return size;
    }

    /** Whether {@link #since} can tell all that has changed, deletions included. */
    public boolean knowsSince(Offsets since) {
        return since.covers(floor);
    }

    /** All values, in no order. */
    public Cursor values() {
        return new Cursor(Offsets.NONE, false);
    }

    /** The newest record of every key that changed after some offsets, deleted ones included; in no order. */
    public Cursor since(Offsets since) {
        return new Cursor(since, true);
    }

    /** Goes from entry to entry. For one thread at a time. */
    public final class Cursor {
        private final EntryBytes.Reader reader = new EntryBytes.Reader();
        private final Offsets since;
        private final boolean deleted;
        private int address;
        private boolean begun;

        private Cursor(Offsets since, boolean deleted) {
            this.since = since;
            this.deleted = deleted;
        }

        /** Goes to the next one; false when there is none. */
        public boolean next() {
            for (int at = begun ? places.after(address) : places.first(); at != Places.END; at = places.after(at)) {
                to(at);
                if ((deleted || !reader.deleted()) && reader.offset() > since.last(reader.partition())) {
                    return true;
                }
            }
            return false;
        }

        /** Whether the key of this one begins so. */
        public boolean keyStartsWith(byte[] prefix) {
            return reader.keyStartsWith(prefix);
        }

        /** Less than 0, 0 or more than 0: how the key of this one compares to another, byte by byte, unsigned. */
        public int compareKey(byte[] other) {
            return reader.compareKey(other);
        }

        /** Where this one is, for {@link #to}. */
        public int place() {
            return address;
        }

        /** Goes to where another one was found. */
        public void to(int place) {
            address = place;
            begun = true;
            reader.to(chunks[Chunks.index(place)], Chunks.begin(place));
        }

        /** The key of this one. */
        public byte[] key() {
            return reader.key();
        }

        /** This one. */
        public Entry entry() {
            return reader.entry();
        }
    }
}
