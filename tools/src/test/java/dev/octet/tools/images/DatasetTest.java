package dev.octet.tools.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Plan;
import dev.octet.runtime.image.Preprocessing;
import dev.octet.tools.Images;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
    private static final Plan GRAY = PlanOfOne.image(ChannelOrder.GRAY, 6, 7);
    private static final Preprocessing PIXELS = Preprocessing.of(GRAY.inputs().get(0));

    @TempDir
    private Path root;

    private static Dataset labelled(Path place, Path classes) {
        return Dataset.labelled(place, Optional.ofNullable(classes), GRAY, Selection.all());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(root.resolve(name), text);
    }

    @Test
    void filesOfAFolderComeInTheOrderOfTheirNames() throws IOException {
        Path place = Places.folder(root.resolve("p"), "b.png", "B.PNG", "a/z.png", "a.png");
        Files.writeString(place.resolve("readme.txt"), "no image");
        Files.writeString(place.resolve(".hidden.png"), "no image");
        Images images = Dataset.images(place, GRAY, Selection.all());
        // B.PNG, a.png, a/z.png, b.png
        int[] seeds = {1, 3, 2, 0};
        assertThat(images.size()).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(images.get(i)).isEqualTo(PIXELS.read("x", Places.png(7, 6, seeds[i])));
        }
    }

    /** Also where a link within it leads to another of its files, or a link that is no image anywhere. */
    @Test
    void aLinkToAFolderIsLikeTheFolder() throws IOException {
        Path place = Places.folder(root.resolve("p"), "a/a.png", "b.png");
        Files.createSymbolicLink(place.resolve("c.png"), Path.of("a", "a.png"));
        Files.createSymbolicLink(place.resolve("readme.txt"), root.resolve("none"));
        Files.createSymbolicLink(place.resolve(".hidden"), root);
        Path link = Files.createSymbolicLink(root.resolve("link"), place);
        for (Path given : new Path[] {place, link}) {
            Images images = Dataset.images(given, GRAY, Selection.all());
            assertThat(images.size()).isEqualTo(3);
            assertThat(images.get(2)).isEqualTo(images.get(0));
            assertThat(images.get(1)).isEqualTo(PIXELS.read("x", Places.png(7, 6, 1)));
        }
    }

    @Test
    void archivesAreLikeTheFoldersInThem() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("cat/", new byte[0]);
        entries.put("cat/2.png", Places.png(7, 6, 2));
        entries.put("__MACOSX/cat/2.png", new byte[8]);
        entries.put("cat/1.png", Places.png(70, 66, 1));
        Path zip = Files.write(root.resolve("images.ZIP"), Places.zip(entries));
        Images images = Dataset.images(zip, GRAY, Selection.all());
        assertThat(images.size()).isEqualTo(2);
        assertThat(images.get(0)).isEqualTo(PIXELS.read("x", Places.png(70, 66, 1)));
        assertThat(images.get(1)).isEqualTo(PIXELS.read("x", Places.png(7, 6, 2)));
    }

    @Test
    void whatIsReadOnceIsKept() throws IOException {
        Path place = Places.folder(root.resolve("p"), "a.png");
        Images images = Dataset.images(place, GRAY, Selection.all());
        byte[] first = images.get(0);
        Files.delete(place.resolve("a.png"));
        assertThat(images.get(0)).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void foldersTellClassesByRankOrByNumber() throws IOException {
        Path ranks =
                Places.folder(root.resolve("r"), "e/1.png", "b/1.png", "c/1.png", "d/1.png", "a/1.png", "a/x/2.png");
        assertThat(labelled(ranks, null).labels().orElseThrow()).containsExactly(0, 0, 1, 2, 3, 4);
        Path numbers = Places.folder(root.resolve("n"), "3/1.png", "0/1.png", "04/1.png");
        assertThat(labelled(numbers, null).labels().orElseThrow()).containsExactly(0, 4, 3);
        Path few = Places.folder(root.resolve("f"), "a/1.png", "b/1.png");
        assertThatThrownBy(() -> labelled(few, null))
                .hasMessageContaining("OCTET-IMAGE-025")
                .hasMessageContaining("there are 2, such as a, and the network has 5 scores");
        Path flat = Places.folder(root.resolve("g"), "1.png", "a/1.png");
        assertThat(labelled(flat, null).labels()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.png 1\nb c.png 0\nd/e.png 4\n",
                "\ufefffile,class\r\n\"a.png\",1\r\nb c.png,0\r\n\r\nother.png,3\r\n# end\r\nd/e.png,4",
                "a.png\t1\nb c.png\t0\ne.png\t4"
            })
    void textsNameImages(String text) throws IOException {
        Path place = Places.folder(root.resolve("p"), "a.png", "b c.png", "d/e.png");
        assertThat(labelled(place, write("labels.csv", text)).labels().orElseThrow())
                .containsExactly(1, 0, 4);
    }

    @Test
    void textsWithoutNamesAreInTheImagesOrder() throws IOException {
        Path place = Places.folder(root.resolve("p"), "a.png", "b.png");
        assertThat(labelled(place, write("labels.txt", "label\n3\n2\n"))
                        .labels()
                        .orElseThrow())
                .containsExactly(3, 2);
        assertThatThrownBy(() -> labelled(place, write("labels.txt", "3\n2\n1\n")))
                .hasMessageContaining("OCTET-BUILD-008")
                .hasMessageContaining("2 images but 3 labels");
    }

    @ParameterizedTest
    @CsvSource({
        "'a.png x', it has no lines",
        "'a.png 1\nb.png x', 'x' is no number",
        "'a.png 1\na.png 2', two classes for a.png",
        "'b.png 1', no class for a.png",
        "'a.png 1\n2', some lines have names"
    })
    void textsThatAreNoneAreRefused(String text, String found) throws IOException {
        Path place = Places.folder(root.resolve("p"), "a.png", "b.png");
        Path file = write("labels.txt", text);
        assertThatThrownBy(() -> labelled(place, file))
                .hasMessageContaining("OCTET-IMAGE-024")
                .hasMessageContaining(found.replace("''", "'"));
    }

    @Test
    void classesThatTheNetworkDoesNotHaveAreRefused() throws IOException {
        Path place = Places.folder(root.resolve("p"), "a.png", "b.png");
        Path file = write("labels.txt", "a.png 4\nb.png 5\n");
        assertThatThrownBy(() -> labelled(place, file))
                .hasMessageContaining("OCTET-IMAGE-026")
                .hasMessageContaining("Image b.png is of class 5");
    }

    @ParameterizedTest
    @CsvSource({"|u1,1", "<i2,2", ">i4,4", "<i8,8", "<u4,4"})
    void arraysOfIntegersAreClasses(String type, int bytes) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(3 * bytes)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int number : new int[] {4, 0, 3}) {
            switch (bytes) {
                case 1 -> data.put((byte) number);
                case 2 -> data.putShort((short) number);
                case 4 -> data.putInt(number);
                default -> data.putLong(number);
            }
        }
        Path place = Places.folder(root.resolve("p"), "a.png", "b.png", "c.png");
        Path classes = Files.write(root.resolve("labels.npy"), Places.npy(type, "3,", data.array()));
        assertThat(labelled(place, classes).labels().orElseThrow()).containsExactly(4, 0, 3);
    }

    @Test
    void arraysOfBytesHaveChannelsFirstOrLast() throws IOException {
        Plan rgb = PlanOfOne.image(ChannelOrder.RGB, 2, 5);
        byte[] last = Places.counting(60);
        byte[] first = new byte[60];
        for (int i = 0; i < 2; i++) {
            for (int pixel = 0; pixel < 10; pixel++) {
                for (int c = 0; c < 3; c++) {
                    first[i * 30 + c * 10 + pixel] = last[i * 30 + pixel * 3 + c];
                }
            }
        }
        Path one = Files.write(root.resolve("last.npy"), Places.npy("|u1", "2, 2, 5, 3", last));
        Path other = Files.write(root.resolve("first.npy"), Places.npy("|u1", "2, 3, 2, 5", first));
        for (Path file : new Path[] {one, other}) {
            Images images = Dataset.images(file, rgb, Selection.all());
            assertThat(images.buffer(0, 2, false)).isEqualTo(ByteBuffer.wrap(last));
        }
        Path flat = Files.write(root.resolve("flat.npy"), Places.npy("|u1", "1, 6, 7", Places.counting(42)));
        assertThat(Dataset.images(flat, GRAY, Selection.all()).get(0)).isEqualTo(Places.counting(42));
    }

    @Test
    void arraysOfFloatsFeedInputsOfFloats() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(4 * 12).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 12; i++) {
            data.putFloat(i / 4f);
        }
        Path vectors = Files.write(root.resolve("v.npy"), Places.npy("<f4", "3, 4", data.array()));
        Images images = Dataset.images(vectors, PlanOfOne.floats(4), Selection.all());
        assertThat(images.buffer(1, 3, true))
                .isEqualTo(FloatBuffer.wrap(new float[] {1, 1.25f, 1.5f, 1.75f, 2, 2.25f, 2.5f, 2.75f}));

        Path last = Files.write(root.resolve("l.npy"), Places.npy("<f4", "1, 2, 3, 2", data.array()));
        Images planes = Dataset.images(last, PlanOfOne.floats(2, 2, 3), Selection.all());
        assertThat(planes.buffer(0, 1, false))
                .isEqualTo(FloatBuffer.wrap(
                        new float[] {0, .5f, 1, 1.5f, 2, 2.5f, .25f, .75f, 1.25f, 1.75f, 2.25f, 2.75f}));
    }

    @Test
    void arraysThatDoNotFitAreRefused() throws IOException {
        byte[][] files = {
            Places.npy("|u1", "2, 6, 6", Places.counting(72)),
            Places.npy("<f4", "1, 6, 7", new byte[168]),
            Places.npy("|u1", "2, 6, 7", Places.counting(83)),
            Places.npy("|u1", "9999999999", new byte[1]),
            Places.npy("|O", "1, 6, 7", Places.counting(42)),
            new String(Places.npy("|u1", "1, 6, 7", new byte[42]), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .replace("False", "True ")
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
            {1, 2, 3}
        };
        for (byte[] file : files) {
            Path path = Files.write(root.resolve("a.npy"), file);
            assertThatThrownBy(() -> Dataset.images(path, GRAY, Selection.all()))
                    .hasMessageContaining("OCTET-IMAGE-023");
        }
        Plan cube = PlanOfOne.image(ChannelOrder.RGB, 3, 3);
        Path path = Files.write(root.resolve("cube.npy"), Places.npy("|u1", "1, 3, 3, 3", new byte[27]));
        assertThatThrownBy(() -> Dataset.images(path, cube, Selection.all())).hasMessageContaining("first or last");
    }

    @Test
    void selectionsAreDeterministicAndCoverAFolder() {
        assertThat(Selection.of(3).indices(10, false)).containsExactly(0, 1, 2);
        assertThat(Selection.of(3).indices(10, true)).containsExactly(0, 3, 6);
        assertThat(Selection.of(10).indices(4, true)).containsExactly(0, 1, 2, 3);
        int[] drawn = new Selection(50, Optional.of(7L)).indices(1000, false);
        assertThat(drawn).hasSize(50).doesNotHaveDuplicates().isSorted();
        assertThat(new Selection(50, Optional.of(7L)).indices(1000, true)).isEqualTo(drawn);
        assertThat(new Selection(50, Optional.of(8L)).indices(1000, false)).isNotEqualTo(drawn);
    }
}
