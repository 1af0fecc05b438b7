package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionsTest {
    private static final int SCORES = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 7, 8})
    void runsEveryImageOnce(int batch) throws IOException {
        ImageSet images = set("images", 0, 1, 2, 2, 1, 0, 1);
        List<Integer> progress = new ArrayList<>();

        Predictions predictions =
                Predictions.of(PredictionsTest::scoreOfFirstByte, images, SCORES, batch, progress::add);

        assertThat(predictions.size()).isEqualTo(7);
        for (int i = 0; i < 7; i++) {
            assertThat(predictions.get(i)).as("image %d", i).isEqualTo(images.label(i));
        }
        assertThat(progress).hasSize((7 + batch - 1) / batch).endsWith(7);
        assertThat(predictions.imagesPerSecond()).isPositive();
    }

    @Test
    void countsWhatIsRightAndWhatIsEqual() throws IOException {
        Predictions one = predict(set("one", 0, 1, 2, 1));
        Predictions two = predict(set("two", 0, 1, 0, 0));

        assertThat(one.top(new int[] {0, 0, 0, 1}, 1)).isEqualTo(0.5);
        assertThat(one.agreement(two)).isEqualTo(0.5);
        assertThat(one.agreement(one)).isEqualTo(1);
    }

    @Test
    void theFirstOfEqualScoresWinsAndNotANumberNever() throws IOException {
        ImageSet image = set("image", 0);

        assertThat(Predictions.of((n, in, out) -> out.put(0, 5).put(1, 7).put(2, 7), image, SCORES, 1, done -> {})
                        .get(0))
                .isEqualTo(1);
        assertThat(Predictions.of(
                                (n, in, out) -> out.put(0, Float.NaN).put(1, -2).put(2, Float.NaN),
                                image,
                                SCORES,
                                1,
                                done -> {})
                        .get(0))
                .isEqualTo(1);
    }

    @Test
    void refusesLabelsOfAnotherSet() throws IOException {
        Predictions predictions = predict(set("images", 0, 1));

        assertThatThrownBy(() -> predictions.top(new int[] {0, 1, 2}, 1))
                .hasMessageContaining("OCTET-BUILD-008")
                .hasMessageContaining("2 images but 3 labels");
    }

    private static Predictions predict(ImageSet images) {
        return Predictions.of(PredictionsTest::scoreOfFirstByte, images, SCORES, 4, done -> {});
    }

    /** The class that an image's only byte names gets the largest score. */
    private static void scoreOfFirstByte(int n, ByteBuffer images, FloatBuffer scores) {
        assertThat(images.remaining()).isEqualTo(n);
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < SCORES; c++) {
                scores.put(i * SCORES + c, c == images.get(i) ? 1 : -1);
            }
        }
    }

    private ImageSet set(String name, int... bytes) throws IOException {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return ImageSet.read(Files.write(folder.resolve(name), content), 1);
    }
}
