package dev.octet.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.testkit.DamagedCopies;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Image files that are not what they should be: each is decoded, or refused with a diagnostic, in bounded memory and time.
 * {@code -Doctet.fuzz.images=<n>} sets how many copies there are of each kind of file.
 */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedImagesTest {
    private static final int CASES = Integer.getInteger("octet.fuzz.images", 600);
    private static final long MOST_BYTES = 128L << 20;
    private static final int SIGNATURE = 8;

    private static final Preprocessing SMALL = Pictures.of(ChannelOrder.RGB, 16, 12);

    private static byte[] png(int type) {
        return Pictures.png(Pictures.noise(type, 24, 17, 8));
    }

    private static boolean read(byte[] file) {
        assertThat(SMALL.read("damaged", file)).hasSize(SMALL.size());
        return true;
    }

    @Test
    void pngFiles() throws Exception {
        DamagedCopies.of(
                        "IMAGE",
                        png(BufferedImage.TYPE_3BYTE_BGR),
                        png(BufferedImage.TYPE_BYTE_GRAY),
                        png(BufferedImage.TYPE_BYTE_INDEXED),
                        png(BufferedImage.TYPE_4BYTE_ABGR),
                        png(BufferedImage.TYPE_USHORT_GRAY))
                .allocating(MOST_BYTES)
                .check(CASES, 0, DamagedImagesTest::read);
    }

    /** With check sums that are right again: what is damaged gets to the decoder. */
    @Test
    void pngFilesWhoseCheckSumsAreRight() throws Exception {
        DamagedCopies.of(
                        "IMAGE",
                        png(BufferedImage.TYPE_3BYTE_BGR),
                        png(BufferedImage.TYPE_BYTE_GRAY),
                        png(BufferedImage.TYPE_BYTE_INDEXED),
                        png(BufferedImage.TYPE_BYTE_BINARY),
                        png(BufferedImage.TYPE_4BYTE_ABGR),
                        png(BufferedImage.TYPE_USHORT_GRAY))
                .allocating(MOST_BYTES)
                .check(CASES, CASES / 50, file -> read(summed(file)));
    }

    @Test
    void jpegFiles() throws Exception {
        DamagedCopies.of(
                        "IMAGE",
                        Pictures.jpeg(Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 40, 30, 9), false),
                        Pictures.jpeg(Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 40, 30, 9), true),
                        Pictures.jpeg(Pictures.noise(BufferedImage.TYPE_BYTE_GRAY, 24, 33, 9), false))
                .allocating(MOST_BYTES)
                .check(CASES, CASES / 50, DamagedImagesTest::read);
    }

    /** The check sum of every chunk that lies within the file is made right. */
    private static byte[] summed(byte[] damaged) {
        byte[] file = damaged.clone();
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int at = SIGNATURE;
        while (at + 12 <= file.length) {
            int length = buffer.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                return file;
            }
            CRC32 sum = new CRC32();
            sum.update(file, at + 4, length + 4);
            buffer.putInt(at + 8 + length, (int) sum.getValue());
            at += 12 + length;
        }
        return file;
    }
}
