package dev.octet.runtime.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The structure of PNG files (ISO/IEC 15948): chunks of a length, a type, data and a check sum. It is followed here, before
 * Java's decoder sees the file, since that trusts lengths, and unpacks texts and profiles of any size.
 */
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'};
    private static final Set<String> ESSENTIAL = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    /** Length, type and check sum. */
    private static final int FRAME = 12;

    private static final int HEADER = 13;
    private static final int PALETTE = 3;
    private static final int MOST_COLOURS = 3 * 256;

    /** Deflate makes at most 1032 bytes of one. */
    private static final long DEFLATE = 1032;

    private final ByteBuffer in;
    private final ByteArrayOutputStream essential = new ByteArrayOutputStream();
    private ByteBuffer header;
    private boolean palette;
    private long packed;

    private PngFile(byte[] file) {
        this.in = ByteBuffer.wrap(file);
    }

    static boolean isPng(byte[] file) {
        return file.length >= SIGNATURE.length
                && ByteBuffer.wrap(file, 0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE));
    }

    /** Follows a file that begins with the signature. */
    static ImageHeader read(byte[] file) throws DamagedImageException {
        return new PngFile(file).read();
    }

    private ImageHeader read() throws DamagedImageException {
        in.position(SIGNATURE.length);
        essential.writeBytes(SIGNATURE);
        boolean end = false;
        while (!end) {
            end = chunk();
        }
        int width = header.getInt(0);
        int height = header.getInt(4);
        int depth = header.get(8);
        int colour = header.get(9);
        if (width < 1 || height < 1) {
            throw new DamagedImageException("it says that it has " + width + " x " + height + " pixels");
        }
        if (colour == PALETTE && !palette) {
            throw new DamagedImageException("its palette is missing");
        }
        int bits = depth * samples(colour);
        // In double, since extents of 31 bits multiply to more than 63.
        double unpacked = (double) height * ((width * (long) bits + 7) / 8);
        if (unpacked > packed * DEFLATE) {
            throw new DamagedImageException("its " + packed + " bytes of data cannot hold the " + width + " x " + height
                    + " pixels that it says it has");
        }
        return new ImageHeader("png", width, height, Math.max(1, bits / 8), essential.toByteArray());
    }

    /** Takes one chunk; whether it was the last. */
    private boolean chunk() throws DamagedImageException {
        if (in.remaining() < FRAME) {
            throw new DamagedImageException("it is cut off after " + in.capacity() + " bytes");
        }
        int start = in.position();
        int length = in.getInt();
        byte[] name = new byte[4];
        in.get(name);
        if (length < 0 || length > in.remaining() - 4) {
            throw new DamagedImageException("at byte " + start + " a chunk of " + Integer.toUnsignedString(length)
                    + " bytes is announced, and " + Math.max(0, in.remaining() - 4) + " are left");
        }
        String type = new String(name, java.nio.charset.StandardCharsets.ISO_8859_1);
        if ((header == null) != type.equals("IHDR")) {
            throw new DamagedImageException("its first chunk is not the only header");
        }
        if (ESSENTIAL.contains(type)) {
            take(type, start, length);
        }
        in.position(start + FRAME + length);
        return type.equals("IEND");
    }

    private void take(String type, int start, int length) throws DamagedImageException {
        byte[] file = in.array();
        CRC32 sum = new CRC32();
        sum.update(file, start + 4, length + 4);
        if ((int) sum.getValue() != in.getInt(start + FRAME - 4 + length)) {
            throw new DamagedImageException("the check sum of its chunk " + type + " at byte " + start + " is wrong");
        }
        switch (type) {
            case "IHDR" ->
                header = header(ByteBuffer.wrap(file, start + 8, length).slice());
            case "IDAT" -> packed += length;
            case "PLTE" -> {
                if (palette || length == 0 || length > MOST_COLOURS || length % 3 != 0) {
                    throw new DamagedImageException("it has a palette of " + length + " bytes, or two");
                }
                palette = true;
            }
            default -> {}
        }
        essential.write(file, start, length + FRAME);
    }

    private static ByteBuffer header(ByteBuffer data) throws DamagedImageException {
        if (data.capacity() != HEADER) {
            throw new DamagedImageException("its header has " + data.capacity() + " bytes instead of " + HEADER);
        }
        int depth = data.get(8);
        boolean possible = switch (data.get(9)) {
            case 0 -> Set.of(1, 2, 4, 8, 16).contains(depth);
            case PALETTE -> Set.of(1, 2, 4, 8).contains(depth);
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!possible || data.get(10) != 0 || data.get(11) != 0 || data.get(12) < 0 || data.get(12) > 1) {
            throw new DamagedImageException("its header has a colour type, depth or method that PNG does not have");
        }
        return data;
    }

    private static int samples(int colour) {
        return switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }
}
