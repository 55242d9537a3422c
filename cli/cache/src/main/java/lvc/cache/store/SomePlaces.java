package lvc.cache.store;

import java.util.Arrays;

/** Where a few entries lie. */
final class SomePlaces implements Places {
    private final int[] addresses;

    /** In any order, and more than once where several keys were asked for that are the same. */
    SomePlaces(int... addresses) {
        this.addresses = Arrays.stream(addresses).sorted().distinct().toArray();
    }

    @Override
    public int first() {
        return at(0);
    }

    @Override
    public int after(int address) {
        return at(Arrays.binarySearch(addresses, address) + 1);
    }

    private int at(int number) {
        return number < addresses.length ? addresses[number] : END;
    }
}
