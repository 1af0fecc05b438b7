package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.testkit.DamagedCopies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of images and labels that are not what they should be. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedInputsTest {
    private static final int CASES = 1500;
    private static final int IMAGES = 3;
    private static final int PIXELS = 42;
    private static final int LIMIT = 1 << 16;

    @TempDir
    private Path folder;

    private static byte[] idx(int... extents) {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * extents.length);
        header.putInt(0x0800 + extents.length);
        int elements = 1;
        for (int extent : extents) {
            header.putInt(extent);
            elements *= extent;
        }
        byte[] noise = new byte[elements];
        new Random(1).nextBytes(noise);
        return ByteBuffer.allocate(header.position() + elements)
                .put(header.flip())
                .put(noise)
                .array();
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    private ImageSet read(String name, byte[] bytes, int recordBytes) throws IOException {
        ImageSet set = ImageSet.read(Files.write(folder.resolve(name), bytes), recordBytes, LIMIT);
        assertThat(set.slice(0, set.size()).remaining()).isEqualTo(set.size() * recordBytes);
        assertThat(set.get(set.size() - 1)).hasSize(recordBytes);
        return set;
    }

    @Test
    void images() throws Exception {
        byte[] raw = new byte[IMAGES * PIXELS];
        DamagedCopies.of("BUILD", idx(IMAGES, 6, 7), raw)
                .check(CASES, 20, bytes -> read("images", bytes, PIXELS).size() > 0);
    }

    @Test
    void compressedImages() throws Exception {
        byte[] zeros = compressed(new byte[LIMIT / PIXELS * PIXELS]);
        DamagedCopies.of("BUILD", compressed(idx(IMAGES, 6, 7)), zeros)
                .check(CASES, 20, bytes -> read("images.gz", bytes, PIXELS).size() > 0);
    }

    /** Any bytes can be labels, so it is their number that tells. */
    @Test
    void labels() throws Exception {
        DamagedCopies.of("BUILD", idx(IMAGES))
                .check(CASES, 20, bytes -> read("labels", bytes, 1).size() == IMAGES);
    }
}
