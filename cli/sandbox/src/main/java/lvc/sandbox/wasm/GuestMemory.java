package lvc.sandbox.wasm;

/** The memory of a running module. Every access beyond its end is a trap, thrown as the engine throws it. */
interface GuestMemory {

    void putByte(int address, byte value);

    void putShort(int address, short value);

    void putInt(int address, int value);

    void putLong(int address, long value);

    void put(int address, byte[] source, int length);

    byte getByte(int address);

    int getInt(int address);

    long getLong(int address);

    byte[] get(int address, int length);

    /** Sets a range to one value. */
    void fill(int address, int length, byte value);
}
