package dev.octet.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.graph.Shape;
import dev.octet.runtime.cpu.Tiling.Tile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilingTest {
    @ParameterizedTest
    @CsvSource({"28,28,512,3", "7,7,128,5", "7,7,128,1", "1,1,512,700", "31,17,64,2", "3,600,128,2", "600,1,128,2"})
    void everyPixelLiesInOneTile(int height, int width, int target, int batch) {
        Tiling tiling = new Tiling(Shape.of(1, height, width), target);
        int[][] seen = new int[batch][height * width];
        for (int i = 0; i < tiling.count(batch); i++) {
            Tile tile = tiling.tile(i, batch);
            assertThat(tile.length() % 16).isZero();
            assertThat(tile.length()).isLessThan(Math.max(target, width) + 16);
            for (int image = 0; image < tile.images(); image++) {
                for (int pixel = 0; pixel < tile.pixelsPerImage(); pixel++) {
                    seen[tile.firstImage() + image][tile.firstPixel() + pixel]++;
                }
            }
        }
        for (int[] image : seen) {
            assertThat(image).containsOnly(1);
        }
    }
}
