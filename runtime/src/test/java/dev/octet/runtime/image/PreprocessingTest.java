package dev.octet.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.io.Sha256;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
    @TempDir
    private Path folder;

    @Test
    void anImageOfThePortsSizeIsNotChanged() throws IOException {
        BufferedImage image = Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 13, 7, 1);
        Path file = Files.write(folder.resolve("a.png"), Pictures.png(image));
        byte[] rgb = Pictures.of(ChannelOrder.RGB, 7, 13).read(file);
        byte[] bgr = Pictures.of(ChannelOrder.BGR, 7, 13).read(file);

        assertThat(rgb).hasSize(7 * 13 * 3);
        for (int i = 0; i < 7 * 13; i++) {
            Color colour = new Color(image.getRGB(i % 13, i / 13));
            assertThat(new int[] {rgb[3 * i] & 255, rgb[3 * i + 1] & 255, rgb[3 * i + 2] & 255})
                    .as("pixel %d", i)
                    .containsExactly(colour.getRed(), colour.getGreen(), colour.getBlue());
            assertThat(new byte[] {bgr[3 * i + 2], bgr[3 * i + 1], bgr[3 * i]})
                    .containsExactly(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]);
        }
    }

    /** Java's own conversion makes 188 of a grey of 128. */
    @Test
    void greySamplesStayAsTheyAre() {
        BufferedImage image = Pictures.noise(BufferedImage.TYPE_BYTE_GRAY, 5, 4, 2);
        byte[] gray = Pictures.of(ChannelOrder.GRAY, 4, 5).read(image);
        byte[] rgb = Pictures.of(ChannelOrder.RGB, 4, 5).read("a.png", Pictures.png(image));
        for (int i = 0; i < 20; i++) {
            assertThat(gray[i] & 255).isEqualTo(image.getRaster().getSample(i % 5, i / 5, 0));
            assertThat(new byte[] {rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]}).containsOnly(gray[i]);
        }
    }

    /** All the ways in which the same opaque colours can lie in memory. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE
            })
    void howAnImageLiesInMemoryDoesNotMatter(int type) {
        BufferedImage plain = Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 20, 15, 3);
        BufferedImage other = new BufferedImage(20, 15, type);
        for (int i = 0; i < 300; i++) {
            other.setRGB(i % 20, i / 20, plain.getRGB(i % 20, i / 20));
        }
        Preprocessing preprocessing = Pictures.of(ChannelOrder.RGB, 8, 8);
        assertThat(preprocessing.read(other)).isEqualTo(preprocessing.read(plain));
        if (type == BufferedImage.TYPE_INT_RGB || type == BufferedImage.TYPE_4BYTE_ABGR) {
            assertThat(preprocessing.read("a", Pictures.png(other))).isEqualTo(preprocessing.read(plain));
        }
    }

    @Test
    void of16BitsTheUpper8AreUsed() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 0x12ff);
        image.getRaster().setSample(1, 0, 0, 0xfe00);
        assertThat(Pictures.of(ChannelOrder.GRAY, 1, 2).read("a.png", Pictures.png(image)))
                .containsExactly(0x12, (byte) 0xfe);
    }

    @Test
    void palettesAreLookedUp() {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(0, 0, 0xff0000);
        image.setRGB(1, 0, 0x00ff00);
        image.setRGB(2, 0, 0xffffff);
        assertThat(Pictures.of(ChannelOrder.RGB, 1, 3).read("a.png", Pictures.png(image)))
                .containsExactly(-1, 0, 0, 0, -1, 0, -1, -1, -1);
        assertThat(Pictures.of(ChannelOrder.GRAY, 1, 3).read(image)).containsExactly(76, (byte) 150, (byte) 255);
    }

    /** The weights 0.299, 0.587 and 0.114 for every grey and each pure colour. */
    @Test
    void brightnessOfGreyIsThatGrey() {
        BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i, 0, i * 0x010101);
        }
        byte[] gray = Pictures.of(ChannelOrder.GRAY, 1, 256).read(image);
        for (int i = 0; i < 256; i++) {
            assertThat(gray[i] & 255).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jpegFilesAreDecodedAsJavaDecodesThem(boolean progressive) throws IOException {
        byte[] file = Pictures.jpeg(Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 33, 21, 4), progressive);
        BufferedImage expected = ImageIO.read(new ByteArrayInputStream(file));
        Preprocessing preprocessing = Pictures.of(ChannelOrder.RGB, 21, 33);
        assertThat(preprocessing.read("a.jpg", file)).isEqualTo(preprocessing.read(expected));
    }

    /** Compared with the same filter in double, along both axes at once: rounding once more may cost one step. */
    @ParameterizedTest
    @CsvSource({
        "40,30,8,8",
        "30,40,8,8",
        "17,50,20,9",
        "9,9,27,27",
        "5,3,16,16",
        "227,227,224,224",
        "1,1,4,4",
        "1,60,6,5",
        "300,2,3,3",
        "64,48,48,64"
    })
    void scalesToCoverAndCutsTheCentre(int width, int height, int toWidth, int toHeight) {
        BufferedImage image = Pictures.noise(BufferedImage.TYPE_BYTE_GRAY, width, height, 5);
        byte[] found = Pictures.of(ChannelOrder.GRAY, toHeight, toWidth).read(image);
        boolean wider = width * toHeight >= height * toWidth;
        int scaledWidth = wider ? width * toHeight / height : toWidth;
        int scaledHeight = wider ? toHeight : height * toWidth / width;
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                double exact = exact(
                        image,
                        scaledWidth,
                        scaledHeight,
                        x + (scaledWidth - toWidth) / 2,
                        y + (scaledHeight - toHeight) / 2);
                assertThat((double) (found[y * toWidth + x] & 255))
                        .as("column %d, row %d", x, y)
                        .isBetween(exact - 1.01, exact + 1.01);
            }
        }
    }

    /** As if the image covered the square of that size, and the centre of that were cut out. */
    @ParameterizedTest
    @CsvSource({"40,30,8,8,12", "30,41,8,6,15", "227,227,224,224,227", "9,9,4,5,33", "20,10,7,7,10"})
    void scalesTheShorterSideAndCutsTheCentre(int width, int height, int toWidth, int toHeight, int resize) {
        BufferedImage image = Pictures.noise(BufferedImage.TYPE_BYTE_GRAY, width, height, 5);
        byte[] square = Pictures.of(ChannelOrder.GRAY, resize, resize).read(image);
        byte[] found = Pictures.of(ChannelOrder.GRAY, toHeight, toWidth, resize).read(image);
        int longer = Math.max(width, height) * resize / Math.min(width, height);
        int left =
                ((width > height ? longer : resize) - toWidth) / 2 - ((width > height ? longer : resize) - resize) / 2;
        int top =
                ((height > width ? longer : resize) - toHeight) / 2 - ((height > width ? longer : resize) - resize) / 2;
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                assertThat(found[y * toWidth + x]).isEqualTo(square[(top + y) * resize + left + x]);
            }
        }
    }

    private static double exact(BufferedImage image, int scaledWidth, int scaledHeight, int column, int row) {
        double stepX = (double) image.getWidth() / scaledWidth;
        double stepY = (double) image.getHeight() / scaledHeight;
        double sum = 0;
        double weights = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            double down = triangle((y + 0.5 - (row + 0.5) * stepY) / Math.max(stepY, 1));
            for (int x = 0; x < image.getWidth(); x++) {
                double weight = down * triangle((x + 0.5 - (column + 0.5) * stepX) / Math.max(stepX, 1));
                sum += weight * image.getRaster().getSample(x, y, 0);
                weights += weight;
            }
        }
        return sum / weights;
    }

    private static double triangle(double at) {
        return Math.max(0, 1 - Math.abs(at));
    }

    /** What a change of the arithmetic would change: bytes are the same on every machine and JDK. */
    @Test
    void bytesDoNotDependOnTheMachine() {
        BufferedImage image = Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 61, 47, 6);
        byte[] small = Pictures.of(ChannelOrder.RGB, 2, 3).read(image);
        byte[] large = Pictures.of(ChannelOrder.GRAY, 90, 90).read(image);
        assertThat(Sha256.hex(small)).isEqualTo("8c1a7dac7c7ad71a82483525754f986075840ef73f0cdfced64f03dfb7a09b2e");
        assertThat(Sha256.hex(large)).isEqualTo("c1e2695e4343348910c912a00c554bfcbeeb1295c0ebf0943fa06ef5f75267d0");
    }

    @Test
    void readsStreams() throws IOException {
        byte[] file = Pictures.png(Pictures.noise(BufferedImage.TYPE_3BYTE_BGR, 4, 4, 1));
        Preprocessing preprocessing = Pictures.of(ChannelOrder.RGB, 4, 4);
        assertThat(preprocessing.read("upload", new ByteArrayInputStream(file)))
                .isEqualTo(preprocessing.read("upload", file))
                .hasSize(preprocessing.size());
    }

    @Test
    void portsOfFloatsHaveNone() {
        Port floats = new Port("meta", Shape.of(8), Optional.empty());
        assertThatThrownBy(() -> Preprocessing.of(floats))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("meta takes floats");
    }
}
