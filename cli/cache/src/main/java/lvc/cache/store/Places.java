package lvc.cache.store;

/** Where entries lie: goes from one to the next. */
interface Places {
    /** What comes after the last one. */
    int END = -1;

    /** The first address, or {@link #END}. */
    int first();

    /** The address after one, or {@link #END}. */
    int after(int address);
}
