package dev.octet.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages files as disks, editors, merges and attackers do, for tests of readers. The same seed does the same damage. */
public final class Mutator {
    private static final byte[] TELLING = {0, 1, -1, 127, -128, '\n', '\r', ' ', '-', '0', '9', '%', ',', '"', '{', '['
    };
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "00",
            "255",
            "256",
            "65536",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "99999999999999999999",
            "0.0",
            "1E-45",
            "3.5E38",
            "1e9",
            "NaN",
            "");
    private static final long[] EXTREMES = {
        0, 1, -1, 0x7f, 0x80, 0xffff, Short.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, Long.MIN_VALUE
    };
    private static final List<String> PREFIXES =
            List.of("\ufeff", "\n", "\0", "<<<<<<< HEAD\n", "version https://git-lfs.github.com/spec/v1\n", "<html>");
    private static final int MOST_CHANGES = 3;
    private static final int LONGEST_RANGE = 64;
    private static final int MOST_REPEATS = 200;

    private final Random random;

    /** A mutator whose choices depend on a seed only; tests name it in their failures. */
    public Mutator(long seed) {
        this.random = new Random(seed);
    }

    /** A copy with one to three changes, as {@link #mutate(byte[], byte[])} makes them, joined with nothing else. */
    public byte[] mutate(byte[] original) {
        return mutate(original, original);
    }

    /**
     * A copy with one to three changes: bits, bytes and ranges flipped, replaced, removed, repeated or cut off; numbers
     * replaced by extreme ones; lines removed, repeated or exchanged; a foreign beginning; the end of another file.
     */
    public byte[] mutate(byte[] original, byte[] other) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            bytes = bytes.length == 0 ? new byte[] {telling()} : change(bytes, other);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes, byte[] other) {
        return switch (random.nextInt(5)) {
            case 0 -> numbers(bytes);
            case 1 -> lines(bytes);
            case 2 -> random.nextInt(4) == 0 ? ends(bytes, other) : number(bytes);
            default -> bytes(bytes);
        };
    }

    private byte[] bytes(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_RANGE));
        return switch (random.nextInt(7)) {
            case 0 -> replaced(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> replaced(bytes, at, telling());
            case 2 -> replaced(bytes, at, (byte) ('0' + random.nextInt(10)));
            case 3 -> spliced(bytes, at, new byte[] {telling()}, at);
            case 4 -> spliced(bytes, at, new byte[0], end);
            case 5 -> inserted(bytes, random.nextInt(bytes.length), Arrays.copyOfRange(bytes, at, end));
            default -> replaced(bytes, at, bytes[random.nextInt(bytes.length)]);
        };
    }

    /** A decimal number becomes another one, here or wherever it stands. */
    private byte[] numbers(byte[] bytes) {
        int start = digitFrom(bytes, random.nextInt(bytes.length));
        int end = start;
        while (end < bytes.length && isDigit(bytes[end])) {
            end++;
        }
        if (start == end) {
            return number(bytes);
        }
        String number =
                random.nextBoolean() ? NUMBERS.get(random.nextInt(NUMBERS.size())) : String.valueOf(random.nextInt(40));
        if (random.nextBoolean()) {
            return spliced(bytes, start, number.getBytes(StandardCharsets.ISO_8859_1), end);
        }
        String found = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replaceAll("(?<![0-9])" + found + "(?![0-9])", number)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int digitFrom(byte[] bytes, int position) {
        int at = position;
        while (at < bytes.length && !isDigit(bytes[at])) {
            at++;
        }
        while (at > 0 && at < bytes.length && isDigit(bytes[at - 1])) {
            at--;
        }
        return at;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    /** Some bytes become an extreme binary number, of either byte order. */
    private byte[] number(byte[] bytes) {
        long value = EXTREMES[random.nextInt(EXTREMES.length)];
        ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] wide =
                ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
        int length = 1 << random.nextInt(4);
        int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES - length;
        int at = random.nextInt(bytes.length);
        System.arraycopy(wide, from, bytes, at, Math.min(length, bytes.length - at));
        return bytes;
    }

    private byte[] lines(byte[] bytes) {
        int start = lineFrom(bytes, random.nextInt(bytes.length));
        int end = lineFrom(bytes, Math.min(bytes.length, start + 1));
        byte[] line = Arrays.copyOfRange(bytes, start, end);
        return switch (random.nextInt(4)) {
            case 0 -> spliced(bytes, start, new byte[0], end);
            case 1 -> inserted(bytes, start, repeated(line, 1 + random.nextInt(MOST_REPEATS)));
            case 2 -> inserted(bytes, lineFrom(bytes, random.nextInt(bytes.length)), line);
            default -> {
                byte[] rest = spliced(bytes, start, new byte[0], end);
                yield inserted(rest, lineFrom(rest, random.nextInt(rest.length + 1)), line);
            }
        };
    }

    private static int lineFrom(byte[] bytes, int position) {
        int at = position;
        while (at > 0 && at < bytes.length && bytes[at - 1] != '\n') {
            at++;
        }
        return at;
    }

    private static byte[] repeated(byte[] part, int times) {
        byte[] result = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, result, i * part.length, part.length);
        }
        return result;
    }

    private byte[] ends(byte[] bytes, byte[] other) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 ->
                inserted(bytes, 0, PREFIXES.get(random.nextInt(PREFIXES.size())).getBytes(StandardCharsets.UTF_8));
            case 2 -> inserted(bytes, bytes.length, other);
            default -> {
                int from = random.nextInt(other.length + 1);
                byte[] head = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                yield inserted(head, head.length, Arrays.copyOfRange(other, from, other.length));
            }
        };
    }

    private byte telling() {
        return TELLING[random.nextInt(TELLING.length)];
    }

    private static byte[] replaced(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] range) {
        return spliced(bytes, at, range, at);
    }

    /** Puts a range in place of {@code [at, end)}. */
    private static byte[] spliced(byte[] bytes, int at, byte[] range, int end) {
        byte[] result = Arrays.copyOf(bytes, at + range.length + bytes.length - end);
        System.arraycopy(range, 0, result, at, range.length);
        System.arraycopy(bytes, end, result, at + range.length, bytes.length - end);
        return result;
    }
}
