package lvc.sandbox.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** One page, without a module. */
final class FakeMemory implements GuestMemory {

    final ByteBuffer bytes = ByteBuffer.allocate(65_536).order(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void putByte(int address, byte value) {
        bytes.put(address, value);
    }

    @Override
    public void putShort(int address, short value) {
        bytes.putShort(address, value);
    }

    @Override
    public void putInt(int address, int value) {
        bytes.putInt(address, value);
    }

    @Override
    public void putLong(int address, long value) {
        bytes.putLong(address, value);
    }

    @Override
    public void put(int address, byte[] source, int length) {
        bytes.put(address, source, 0, length);
    }

    @Override
    public byte getByte(int address) {
        return bytes.get(address);
    }

    @Override
    public int getInt(int address) {
        return bytes.getInt(address);
    }

    @Override
    public long getLong(int address) {
        return bytes.getLong(address);
    }

    @Override
    public byte[] get(int address, int length) {
        return Arrays.copyOfRange(bytes.array(), address, address + length);
    }

    @Override
    public void fill(int address, int length, byte value) {
        Arrays.fill(bytes.array(), address, address + length, value);
    }

    void put(int address, byte... source) {
        put(address, source, source.length);
    }
}
