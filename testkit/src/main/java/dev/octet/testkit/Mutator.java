package dev.octet.testkit;

import java.util.Arrays;
import java.util.Random;

/** Damages files as disks, editors and attackers do, for tests of readers. The same seed does the same damage. */
public final class Mutator {
    private static final byte[] TELLING = {0, 1, -1, 127, -128, '\n', '\r', ' ', '-', '0', '9', '%', ',', '"', '{', '['
    };
    private static final int MOST_CHANGES = 3;
    private static final int LONGEST_RANGE = 64;

    private final Random random;

    /** A mutator whose choices depend on a seed only; tests name it in their failures. */
    public Mutator(long seed) {
        this.random = new Random(seed);
    }

    /** A copy with one to three changes: bits, bytes and ranges flipped, replaced, removed, repeated or cut off. */
    public byte[] mutate(byte[] original) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {telling()};
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_RANGE));
        return switch (random.nextInt(7)) {
            case 0 -> replaced(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> replaced(bytes, at, telling());
            case 2 -> replaced(bytes, at, (byte) ('0' + random.nextInt(10)));
            case 3 -> spliced(bytes, at, new byte[] {telling()}, at);
            case 4 -> spliced(bytes, at, new byte[0], end);
            case 5 -> spliced(bytes, random.nextInt(bytes.length), Arrays.copyOfRange(bytes, at, end), -1);
            default ->
                random.nextInt(8) == 0
                        ? Arrays.copyOf(bytes, at)
                        : replaced(bytes, at, bytes[random.nextInt(bytes.length)]);
        };
    }

    private byte telling() {
        return TELLING[random.nextInt(TELLING.length)];
    }

    private static byte[] replaced(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    /** Puts a range in place of {@code [at, end)}; inserts it if there is no end. */
    private static byte[] spliced(byte[] bytes, int at, byte[] range, int end) {
        int tail = Math.max(at, end);
        byte[] result = Arrays.copyOf(bytes, at + range.length + bytes.length - tail);
        System.arraycopy(range, 0, result, at, range.length);
        System.arraycopy(bytes, tail, result, at + range.length, bytes.length - tail);
        return result;
    }
}
