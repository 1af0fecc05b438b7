package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSetTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17})
    void readsIdxFiles(int images) throws IOException {
        ImageSet set = ImageSet.read(file("a.idx", idx(images, 3, 5)), 15);

        assertThat(set.size()).isEqualTo(images);
        assertThat(set.get(images - 1)).startsWith((byte) ((images - 1) * 15), (byte) ((images - 1) * 15 + 1));
        assertThat(set.slice(0, images).remaining()).isEqualTo(images * 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.idx.gz", "A.IDX.GZ"})
    void readsCompressedFiles(String name) throws IOException {
        ImageSet set = ImageSet.read(file(name, compressed(idx(4, 2, 2))), 4);

        assertThat(set.get(3)).containsExactly(12, 13, 14, 15);
    }

    @Test
    void readsRawFilesThatBeginLikeIdxFiles() throws IOException {
        ImageSet set = ImageSet.read(file("a.u8", new byte[] {0, 0, 8, 1, 0, 0, 0, 9, 7, 7}), 5);

        assertThat(set.size()).isEqualTo(2);
        assertThat(set.get(0)).containsExactly(0, 0, 8, 1, 0);
    }

    @Test
    void readsLabels() throws IOException {
        ImageSet labels = ImageSet.read(file("labels", new byte[] {3, (byte) 200}), 1);

        assertThat(labels.label(0)).isEqualTo(3);
        assertThat(labels.label(1)).isEqualTo(200);
    }

    @Test
    void keepsTheFirst() throws IOException {
        ImageSet set = ImageSet.read(file("a.idx", idx(9, 1, 2)), 2);

        assertThat(set.first(4).size()).isEqualTo(4);
        assertThat(set.first(10).size()).isEqualTo(9);
    }

    @Test
    void refusesFilesOfOtherSizes() throws IOException {
        Path idx = file("a.idx", idx(4, 3, 3));
        Path raw = file("a.u8", new byte[31]);
        Path empty = file("empty", new byte[0]);

        assertThatThrownBy(() -> ImageSet.read(idx, 6))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-006")
                .hasMessageContaining("it holds 4 of 9 bytes");
        assertThatThrownBy(() -> ImageSet.read(raw, 30)).hasMessageContaining("it holds 31 bytes");
        assertThatThrownBy(() -> ImageSet.read(empty, 1)).hasMessageContaining("it holds 0 bytes");
        assertThatThrownBy(() -> ImageSet.read(folder.resolve("none"), 1)).hasMessageContaining("OCTET-BUILD-004");
    }

    @Test
    void doesNotReadMoreThanFitsIntoMemory() throws IOException {
        Path bomb = file("zeros.u8.gz", compressed(new byte[4 << 20]));
        assertThat(Files.size(bomb)).isLessThan(1 << 13);
        assertThatThrownBy(() -> ImageSet.read(bomb, 1, 1 << 20))
                .hasMessageContaining("OCTET-BUILD-014")
                .hasMessageContaining("more than 1048576 bytes");
        assertThat(ImageSet.read(bomb, 1, 4 << 20).size()).isEqualTo(4 << 20);
    }

    @Test
    void saysWhenCompressedDataIsDamaged() throws IOException {
        byte[] whole = compressed(idx(4, 2, 2));
        Path cut = file("cut.gz", Arrays.copyOf(whole, whole.length - 9));
        Path plain = file("plain.gz", idx(4, 2, 2));
        for (Path file : List.of(cut, plain)) {
            assertThatThrownBy(() -> ImageSet.read(file, 4))
                    .hasMessageContaining("OCTET-BUILD-006")
                    .hasMessageContaining("its compressed data is damaged or cut off");
        }
    }

    @Test
    void saysWhatElseTheFileIs() throws IOException {
        Path compressed = file("images", compressed(idx(7, 3, 2)));
        Path png = file("a.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n', 0});
        assertThatThrownBy(() -> ImageSet.read(compressed, 999)).hasMessageContaining("it is compressed by gzip");
        assertThatThrownBy(() -> ImageSet.read(png, 999)).hasMessageContaining("it looks like a PNG image");
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /** Extents, then bytes that count from 0. */
    private static byte[] idx(int... extents) {
        int elements = 1;
        for (int extent : extents) {
            elements *= extent;
        }
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * extents.length + elements);
        out.putInt(0x0800 + extents.length);
        for (int extent : extents) {
            out.putInt(extent);
        }
        for (int i = 0; i < elements; i++) {
            out.put((byte) i);
        }
        return out.array();
    }
}
