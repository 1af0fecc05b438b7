package dev.octet.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.runtime.ImageSpec;
import dev.octet.testkit.DiagnosticExamples;
import dev.octet.testkit.JavaProcess;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every diagnostic of image files. */
class ImageExamplesTest {
    private static final Preprocessing SMALL = Pictures.of(ChannelOrder.RGB, 8, 8);

    @TempDir
    private Path folder;

    private static byte[] png() {
        return Pictures.png(Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 12, 9, 1));
    }

    private static byte[] jpeg() {
        return Pictures.jpeg(Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 40, 30, 1), false);
    }

    /** A file with other extents, whose check sum is right. */
    static byte[] sized(byte[] png, int width, int height) {
        byte[] file = png.clone();
        CRC32 sum = new CRC32();
        ByteBuffer.wrap(file).putInt(16, width).putInt(20, height);
        sum.update(file, 12, 17);
        ByteBuffer.wrap(file).putInt(29, (int) sum.getValue());
        return file;
    }

    /** As many rows as a file can have, all of zeros: few bytes as a file, many as pixels. */
    private static byte[] wide() {
        return Pictures.png(new BufferedImage(16_000, 12_000, BufferedImage.TYPE_BYTE_GRAY));
    }

    /** In a process with a heap of 64 MiB, for which 192 million pixels are too many. */
    static final class SmallHeap {
        private SmallHeap() {}

        public static void main(String[] arguments) throws Exception {
            try {
                SMALL.read(Path.of(arguments[0]));
            } catch (dev.octet.plan.diag.OctetException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String inSmallHeap() throws Exception {
        Path file = java.nio.file.Files.write(folder.resolve("wide.png"), wide());
        return JavaProcess.withClassPath(
                        Stream.of(Preprocessing.class, dev.octet.plan.Port.class, SmallHeap.class, JavaProcess.class)
                                .map(JavaProcess::home)
                                .toList())
                .options("-Xmx64m")
                .run(SmallHeap.class, file.toString())
                .out();
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-IMAGE-001", () -> SMALL.read(folder.resolve("absent.png")))
                .thrown("OCTET-IMAGE-002", () -> SMALL.read("a.gif", "GIF89a...".getBytes()))
                .thrown("OCTET-IMAGE-003", () -> SMALL.read("a.jpg", Arrays.copyOf(jpeg(), 500)))
                .thrown("OCTET-IMAGE-004", () -> {
                    byte[] file = jpeg();
                    int frame = 0;
                    while (file[frame] != (byte) 0xff || file[frame + 1] != (byte) 0xc0) {
                        frame++;
                    }
                    file[frame + 1] = (byte) 0xc9;
                    SMALL.read("a.jpg", file);
                })
                .reported("OCTET-IMAGE-005", this::inSmallHeap)
                .thrown("OCTET-IMAGE-006", () -> ImageSpec.in(folder).preprocessing("photo"))
                .thrown("OCTET-IMAGE-007", () -> ImageDecoder.reader("tiff0"))
                .tests(Stream.of(ImageCode.values()).map(ImageCode::id));
    }

    private static String refused(byte[] file) {
        try {
            SMALL.read("x", file);
        } catch (dev.octet.plan.diag.OctetException e) {
            return e.getMessage();
        }
        throw new AssertionError("was read");
    }

    @Test
    void lyingFilesAreRefusedBeforeTheyAreDecoded() {
        assertThat(refused(sized(png(), 60_000, 60_000)))
                .contains("OCTET-IMAGE-003", "cannot hold the 60000 x 60000 pixels");
        // 2^62 pixels of 3 bytes, which 64 bits do not hold.
        for (int extent : new int[] {Integer.MAX_VALUE, 1 << 30, 1 << 29}) {
            assertThat(refused(sized(png(), extent, extent))).contains("OCTET-IMAGE-003", "cannot hold");
        }
        assertThat(refused(sized(png(), -1, 5))).contains("OCTET-IMAGE-003", "-1 x 5");
        byte[] longer = png();
        ByteBuffer.wrap(longer).putInt(33, Integer.MAX_VALUE);
        assertThat(refused(longer)).contains("a chunk of 2147483647 bytes is announced");
        byte[] changed = png();
        changed[changed.length - 30] ^= 1;
        assertThat(refused(changed)).contains("check sum of its chunk IDAT");
    }

    @Test
    void filesThatEndTooEarlyAreRefused() {
        byte[] png = png();
        byte[] jpeg = jpeg();
        for (int length : new int[] {0, 1, 8, 30, 60, png.length - 1}) {
            assertThat(refused(Arrays.copyOf(png, length))).matches("\\[OCTET-IMAGE-00[23]] .*");
        }
        for (int length : new int[] {2, 3, 20, 300, jpeg.length - 2, jpeg.length - 1}) {
            assertThat(refused(Arrays.copyOf(jpeg, length))).matches("\\[OCTET-IMAGE-00[23]] .*");
        }
    }

    /** The end is there, and coded data before it is missing: Java's decoder would go on with grey. */
    @Test
    void missingPixelsAreRefused() {
        byte[] jpeg = jpeg();
        byte[] file = Arrays.copyOf(jpeg, jpeg.length - 200);
        file[file.length - 2] = (byte) 0xff;
        file[file.length - 1] = (byte) 0xd9;
        assertThat(refused(file)).contains("OCTET-IMAGE-003", "premature end");
    }
}
