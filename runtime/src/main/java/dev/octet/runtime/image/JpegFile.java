package dev.octet.runtime.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The structure of JPEG files (ITU-T T.81): markers with segments, and coded data behind the start of a scan. It is followed
 * here before Java's decoder sees the file. Profiles, previews and texts are left out: pixels are taken as they are coded,
 * as most tools do that networks are trained with.
 */
final class JpegFile {
    private static final int MARKER = 0xff;
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int BASELINE = 0xc0;
    private static final int PROGRESSIVE = 0xc2;
    private static final int TABLES_HUFFMAN = 0xc4;
    private static final int JFIF = 0xe0;
    private static final int ADOBE = 0xee;
    private static final int LAST_APPLICATION = 0xef;
    private static final int COMMENT = 0xfe;
    private static final int ADOBE_BYTES = 14;

    /** A block of 8 x 8 pixels takes at least a bit. */
    private static final long PIXELS_OF_A_BYTE = 512;

    /** Usual progressive files have 10. */
    private static final int MOST_SCANS = 100;

    /** Pixels times scans: each scan goes over all of them. */
    private static final long MOST_WORK = 1L << 28;

    private static final byte[] PLAIN_JFIF = {
        (byte) MARKER, (byte) JFIF, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    private final ByteBuffer in;
    private final ByteArrayOutputStream essential = new ByteArrayOutputStream();
    private int width;
    private int height;
    private int components;
    private boolean progressive;
    private int scans;

    private JpegFile(byte[] file) {
        this.in = ByteBuffer.wrap(file);
    }

    static boolean isJpeg(byte[] file) {
        return file.length >= 3 && file[0] == (byte) MARKER && file[1] == (byte) START && file[2] == (byte) MARKER;
    }

    /** Follows a file that begins with the start marker. */
    static ImageHeader read(byte[] file) throws DamagedImageException {
        return new JpegFile(file).read();
    }

    private ImageHeader read() throws DamagedImageException {
        in.position(2);
        essential.write(MARKER);
        essential.write(START);
        int marker = marker();
        while (marker != END) {
            segment(marker);
            marker = marker();
        }
        essential.write(MARKER);
        essential.write(END);
        if (scans == 0) {
            throw new DamagedImageException("it has no pixels");
        }
        long pixels = (long) width * height;
        if (pixels > PIXELS_OF_A_BYTE * essential.size()) {
            throw new DamagedImageException("its " + essential.size() + " bytes of data cannot hold the " + width
                    + " x " + height + " pixels that it says it has");
        }
        if (scans > MOST_SCANS || pixels * scans > MOST_WORK) {
            throw new DamagedImageException(
                    ImageCode.VARIANT, "it goes over its " + width + " x " + height + " pixels in " + scans + " scans");
        }
        // A progressive file's coefficients, of two bytes, are all in memory until the last scan.
        int pixelBytes = progressive ? 3 * components : components;
        return new ImageHeader("jpeg", width, height, pixelBytes, essential.toByteArray());
    }

    /** The next marker; any number of 0xff may stand before it. */
    private int marker() throws DamagedImageException {
        int at = in.position();
        if (next() != MARKER) {
            throw new DamagedImageException("at byte " + at + " there is no marker where one must be");
        }
        int marker = MARKER;
        while (marker == MARKER) {
            marker = next();
        }
        return marker;
    }

    private int next() throws DamagedImageException {
        if (!in.hasRemaining()) {
            throw new DamagedImageException("it is cut off after " + in.capacity() + " bytes");
        }
        return Byte.toUnsignedInt(in.get());
    }

    private void segment(int marker) throws DamagedImageException {
        if (marker == 0 || marker == 1 || marker >= 0xd0 && marker <= START) {
            throw new DamagedImageException(
                    "at byte " + (in.position() - 1) + " there is a marker that cannot be there");
        }
        int start = in.position();
        int length = next() << 8 | next();
        if (length < 2 || start + length > in.capacity()) {
            throw new DamagedImageException("at byte " + start + " a segment of " + length + " bytes is announced, and "
                    + (in.capacity() - start) + " are left");
        }
        in.position(start + length);
        if (isFrame(marker)) {
            frame(marker, start + 2, length - 2);
        }
        keep(marker, start, length);
        if (marker == SCAN) {
            scan();
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= BASELINE && marker <= 0xcf && marker != TABLES_HUFFMAN && marker != 0xc8 && marker != 0xcc;
    }

    private void frame(int marker, int at, int length) throws DamagedImageException {
        if (components != 0 || length < 6) {
            throw new DamagedImageException("it has two frames, or one without a size");
        }
        if (marker > PROGRESSIVE) {
            throw new DamagedImageException(
                    ImageCode.VARIANT,
                    "it is lossless, hierarchical or arithmetically coded (frame of type " + (marker - BASELINE) + ")");
        }
        progressive = marker == PROGRESSIVE;
        int bits = Byte.toUnsignedInt(in.get(at));
        if (bits != 8) {
            throw new DamagedImageException(ImageCode.VARIANT, "its samples have " + bits + " bits");
        }
        height = Short.toUnsignedInt(in.getShort(at + 1));
        width = Short.toUnsignedInt(in.getShort(at + 3));
        components = Byte.toUnsignedInt(in.get(at + 5));
        if (width == 0 || height == 0) {
            throw new DamagedImageException("it says that it has " + width + " x " + height + " pixels");
        }
        if (components != 1 && components != 3) {
            throw new DamagedImageException(
                    ImageCode.VARIANT, "it has " + components + " components, as files in CMYK have, for print");
        }
    }

    private void keep(int marker, int start, int length) {
        byte[] file = in.array();
        if (marker == JFIF) {
            if (length >= 7 && new String(file, start + 2, 5, StandardCharsets.ISO_8859_1).equals("JFIF\0")) {
                essential.writeBytes(PLAIN_JFIF);
            }
            return;
        }
        // Adobe's segment says whether components are colours as they are; nothing else of these matters.
        boolean adobe = marker == ADOBE && length == ADOBE_BYTES;
        if (adobe || !(marker > JFIF && marker <= LAST_APPLICATION) && marker != COMMENT) {
            essential.write(MARKER);
            essential.write(marker);
            essential.write(file, start, length);
        }
    }

    /** Takes coded data, in which 0xff is followed by 0 or a restart marker, up to the next marker. */
    private void scan() throws DamagedImageException {
        if (components == 0) {
            throw new DamagedImageException("a scan stands before the frame");
        }
        scans++;
        byte[] file = in.array();
        int start = in.position();
        int at = start;
        while (at + 1 < file.length && !(file[at] == (byte) MARKER && endsData(Byte.toUnsignedInt(file[at + 1])))) {
            at++;
        }
        if (at + 1 >= file.length) {
            throw new DamagedImageException("it is cut off after " + file.length + " bytes");
        }
        essential.write(file, start, at - start);
        in.position(at);
    }

    private static boolean endsData(int next) {
        return next != 0 && next != MARKER && !(next >= 0xd0 && next <= 0xd7);
    }
}
