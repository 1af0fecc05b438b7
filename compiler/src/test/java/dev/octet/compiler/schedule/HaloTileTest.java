package dev.octet.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.PackSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaloTileTest {
    private static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1);
    private static final Window STRIDED = new Window(3, 3, 2, 2, 1, 1, 1, 1);
    private static final Window POINT = new Window(1, 1, 1, 1, 0, 0, 0, 0);
    private static final Window ATROUS = new Window(3, 3, 1, 1, 2, 2, new Border(2, 2, 2, 2));

    private static KernelSpec.Conv2d conv(int size, int in, int pitch, int out, Window window) {
        return new KernelSpec.Conv2d(
                ElementType.U8,
                ElementType.U8,
                new Extent(size, size, in, pitch),
                new Extent(window.outHeight(size), window.outWidth(size), out, (out + 15) / 16 * 16),
                window,
                Optional.empty());
    }

    /** One plane, or planes in pairs: the second half of a product's bytes lies behind the first. */
    @ParameterizedTest
    @CsvSource({"3,4,false", "10,16,true", "32,32,true", "40,48,false", "64,64,true", "80,80,false", "96,96,true"})
    void suitsPlanesWhoseNumberIsOneOrEven(int channels, int pitch, boolean suits) {
        assertThat(HaloTile.suits(conv(28, channels, pitch, 64, SAME))).isEqualTo(suits);
    }

    @Test
    void suitsWindowsThatStandSideBySide() {
        assertThat(HaloTile.suits(conv(28, 64, 64, 64, SAME))).isTrue();
        assertThat(HaloTile.suits(conv(28, 64, 64, 64, STRIDED))).isFalse();
        assertThat(HaloTile.suits(conv(28, 64, 64, 64, POINT))).isFalse();
        assertThat(HaloTile.suits(conv(28, 64, 64, 64, ATROUS))).isFalse();
    }

    @Test
    void isOfferedWhereItsWeightsFitHalfAMultiprocessor() {
        assertThat(ScheduleSelector.candidates(conv(56, 64, 64, 64, SAME), Target.SM_90A))
                .contains(new HaloTile(14, 64), new HaloTile(8, 64), new HaloTile(4, 64))
                .doesNotContain(new HaloTile(14, 128));
        assertThat(ScheduleSelector.candidates(conv(14, 256, 256, 256, SAME), Target.SM_90A))
                .noneMatch(HaloTile.class::isInstance);
        assertThat(ScheduleSelector.candidates(conv(56, 64, 64, 64, SAME), Target.SM_80))
                .noneMatch(HaloTile.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({"32,8", "128,14"})
    void isChosenForManyImagesOfFewChannels(int batch, int rows) {
        assertThat(ScheduleSelector.select(conv(56, 64, 64, 64, SAME), Target.SM_90A, batch))
                .isEqualTo(new HaloTile(rows, 64));
        assertThat(ScheduleSelector.select(conv(7, 512, 512, 512, SAME), Target.SM_90A, batch))
                .isInstanceOf(WgmmaTile.class);
    }

    /** 36 KiB of weights in 5 steps, two tiles of 4 planes of 16 rows by 10 columns, each two pieces more than whole rows of banks. */
    @Test
    void hasTheInputOfATileOnce() {
        KernelSpec.Conv2d spec = conv(56, 64, 64, 64, SAME);
        HaloTile tile = new HaloTile(14, 64);
        assertThat(tile.canonicalName()).isEqualTo("h14x8x64");
        assertThat(tile.piecesOfPlane(spec)).isEqualTo(162);
        assertThat(tile.sharedBytes(spec)).isEqualTo(5 * 64 * 128 + 2 * 4 * 162 * 16);
        assertThat(LaunchGeometry.of(spec, tile).gridX(1)).isEqualTo(4 * 7);
        assertThat(LaunchGeometry.of(spec, tile).gridX(1000)).isEqualTo(132 * 3);
        assertThat(LaunchGeometry.packing(spec, tile)).contains(new PackSpec.WgmmaTiles(64, 128));
    }

    @Test
    void refusesOtherTiles() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HaloTile(16, 64));
        assertThatIllegalArgumentException().isThrownBy(() -> new HaloTile(14, 32));
    }
}
