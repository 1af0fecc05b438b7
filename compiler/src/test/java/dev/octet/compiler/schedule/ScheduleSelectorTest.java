package dev.octet.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.PackSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleSelectorTest {
    private static KernelSpec.Conv2d conv(int size, int inPitch, int outPitch) {
        return new KernelSpec.Conv2d(
                ElementType.U8,
                ElementType.U8,
                new Extent(size, size, inPitch, inPitch),
                new Extent(size, size, outPitch, outPitch),
                new Window(3, 3, 1, 1, 1, 1, 1, 1),
                Optional.empty());
    }

    private static Schedule.Dp4aTile tile(KernelSpec.Conv2d spec, int maxBatch) {
        return (Schedule.Dp4aTile) ScheduleSelector.select(spec, Target.SM_61, maxBatch);
    }

    @ParameterizedTest
    @CsvSource({"16,16,16,16", "32,32,32,32", "48,48,16,16", "64,64,32,64", "96,96,32,32", "80,128,16,64"})
    void stepsOfKStayInATapAndChannelTilesAreFull(int inPitch, int outPitch, int tileK, int tileN) {
        Schedule.Dp4aTile tile = tile(conv(14, inPitch, outPitch), 8);
        assertThat(tile.tileK()).isEqualTo(tileK);
        assertThat(tile.tileN()).isEqualTo(tileN);
        assertThat(LaunchGeometry.packing(conv(14, inPitch, outPitch), tile))
                .contains(new PackSpec.Dp4aTiles(tileN, tileK));
    }

    @Test
    void blocksShrinkUntilThereAreEnoughOrNoSmallerOnes() {
        assertThat(tile(conv(28, 64, 64), 128).tileM()).isEqualTo(128);
        assertThat(tile(conv(28, 64, 64), 16).tileM()).isEqualTo(64);
        assertThat(tile(conv(7, 64, 64), 1).tileM()).isEqualTo(32);
        KernelSpec add = new KernelSpec.Add(ElementType.S8, ElementType.S8, ElementType.S8, 1 << 20);
        assertThat(ScheduleSelector.select(add, Target.SM_61, 1)).isEqualTo(new Schedule.PerItem(256));
        KernelSpec small = new KernelSpec.Add(ElementType.S8, ElementType.S8, ElementType.S8, 16);
        assertThat(ScheduleSelector.select(small, Target.SM_61, 1)).isEqualTo(new Schedule.PerItem(64));
    }

    @Test
    void aConvolutionsBlocksSpanImagesAndItsGridCoversChannels() {
        KernelSpec.Conv2d spec = conv(7, 32, 128);
        Geometry geometry = LaunchGeometry.of(spec, new Schedule.Dp4aTile(32, 64, 32, 4, 4));
        assertThat(geometry).isEqualTo(Geometry.of(49, 32, 2, 128));
        assertThat(geometry.gridX(2)).isEqualTo(4);
    }

    private static Schedule.MmaTile mma(KernelSpec.Conv2d spec, int maxBatch) {
        return (Schedule.MmaTile) ScheduleSelector.select(spec, Target.SM_80, maxBatch);
    }

    @Test
    void tensorCoresTakeLargeTilesForLargeBatchesAndSmallOnesForSmall() {
        assertThat(mma(conv(28, 128, 128), 128)).isEqualTo(new Schedule.MmaTile(128, 128, 32, 64, 3));
        assertThat(mma(conv(56, 64, 64), 128).tileN()).isEqualTo(64);
        Schedule.MmaTile small = mma(conv(7, 512, 512), 1);
        assertThat(small.tileM() * small.tileN()).isLessThanOrEqualTo(64 * 64);
        assertThat(mma(conv(28, 16, 16), 128).tileN()).isEqualTo(32);
    }

    @Test
    void tensorCoresHaveTheirOwnWeightsAndGrid() {
        KernelSpec.Conv2d spec = conv(7, 48, 80);
        Schedule.MmaTile tile = new Schedule.MmaTile(64, 64, 16, 64, 4);
        assertThat(LaunchGeometry.of(spec, tile)).isEqualTo(Geometry.of(49, 64, 2, 128));
        assertThat(LaunchGeometry.packing(spec, tile)).contains(new PackSpec.MmaTiles(64, 64, 64));
        assertThat(ScheduleSelector.candidates(spec, Target.SM_80)).hasSize(7);
        assertThat(ScheduleSelector.candidates(conv(7, 48, 32), Target.SM_80)).hasSize(3);
    }

    private static Schedule.Mma8Tile turing(KernelSpec.Conv2d spec, int maxBatch) {
        return (Schedule.Mma8Tile) ScheduleSelector.select(spec, Target.SM_75, maxBatch);
    }

    @Test
    void turingsBlocksShrinkUntilThereAreEnoughOrNoSmallerOnes() {
        assertThat(turing(conv(28, 128, 128), 128)).isEqualTo(new Schedule.Mma8Tile(128, 128, 32, 64));
        assertThat(turing(conv(28, 128, 128), 16)).isEqualTo(new Schedule.Mma8Tile(128, 64, 32, 32));
        assertThat(turing(conv(28, 128, 128), 8)).isEqualTo(new Schedule.Mma8Tile(64, 64, 32, 32));
        assertThat(turing(conv(7, 512, 512), 1)).isEqualTo(new Schedule.Mma8Tile(32, 32, 16, 32));
        assertThat(turing(conv(28, 16, 16), 128)).isEqualTo(new Schedule.Mma8Tile(128, 32, 32, 32));
    }

    @Test
    void turingTakesTheWeightsAndGridOfTensorCores() {
        KernelSpec.Conv2d spec = conv(7, 48, 80);
        Schedule.Mma8Tile tile = new Schedule.Mma8Tile(64, 64, 32, 32);
        assertThat(tile.canonicalName()).isEqualTo("t64x64x64_w32x32");
        assertThat(tile.sharedBytes()).isEqualTo(2 * 128 * 64);
        assertThat(LaunchGeometry.of(spec, tile)).isEqualTo(Geometry.of(49, 64, 2, 128));
        assertThat(LaunchGeometry.packing(spec, tile)).contains(new PackSpec.MmaTiles(64, 64, 32));
        assertThat(ScheduleSelector.candidates(spec, Target.SM_75)).hasSize(6);
        assertThat(ScheduleSelector.candidates(conv(7, 48, 32), Target.SM_75)).hasSize(3);
    }

    @Test
    void floatResultsOfADenseLayerHaveNoPadding() {
        KernelSpec dense =
                new KernelSpec.Dense(ElementType.U8, ElementType.F32, 64, new Extent(1, 1, 10, 10), Optional.empty());
        Schedule schedule = ScheduleSelector.select(dense, Target.SM_61, 8);
        assertThat(LaunchGeometry.of(dense, schedule)).isEqualTo(Geometry.of(10, 64, 1, 64));
        assertThat(LaunchGeometry.packing(dense, schedule)).contains(new PackSpec.Rows());
    }

    private static KernelSpec.Dense logits(ElementType out) {
        Extent output = new Extent(1, 1, 1000, out.isInteger() ? 1008 : 1000);
        return new KernelSpec.Dense(ElementType.U8, out, 2048, output, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"1,false", "4,false", "8,true", "128,true"})
    void aDenseLayerOfManyImagesRunsOnTensorCores(int maxBatch, boolean tensorCores) {
        for (ElementType out : ElementType.values()) {
            Schedule schedule = ScheduleSelector.select(logits(out), Target.SM_80, maxBatch);
            assertThat(schedule instanceof Schedule.MmaTile).isEqualTo(tensorCores);
            assertThat(ScheduleSelector.candidates(logits(out), Target.SM_80)).contains(schedule);
        }
        assertThat(ScheduleSelector.select(logits(ElementType.F32), Target.SM_75, maxBatch))
                .isInstanceOf(Schedule.PerItem.class);
    }

    @Test
    void aDenseLayerOnTensorCoresHasTheWeightsAndGridOfAConvolutionOfOnePixel() {
        Schedule.MmaTile tile = new Schedule.MmaTile(32, 32, 16, 32, 4);
        Geometry geometry = LaunchGeometry.of(logits(ElementType.F32), tile);
        assertThat(geometry).isEqualTo(Geometry.of(1, 32, 32, 64));
        assertThat(geometry.gridX(128)).isEqualTo(4);
        assertThat(LaunchGeometry.packing(logits(ElementType.F32), tile)).contains(new PackSpec.MmaTiles(32, 64, 32));
    }

    private static PooledConv2d stem() {
        return new PooledConv2d(
                ElementType.S8,
                ElementType.U8,
                new Extent(224, 224, 3, 4),
                new Extent(112, 112, 64, 64),
                new Window(7, 7, 2, 2, 3, 3, 3, 3),
                new Extent(56, 56, 64, 64),
                new Window(3, 3, 2, 2, 1, 1, 1, 1));
    }

    @Test
    void aPooledConvolutionTakesLargeBlocksForManyImagesAndEnoughForOne() {
        assertThat(ScheduleSelector.select(stem(), Target.SM_80, 128)).isEqualTo(new Schedule.PooledTile(14, 2, 2));
        Schedule.PooledTile one = (Schedule.PooledTile) ScheduleSelector.select(stem(), Target.SM_80, 1);
        assertThat(LaunchGeometry.of(stem(), one).gridX(1)).isGreaterThanOrEqualTo(100);
        assertThat(LaunchGeometry.of(stem(), new Schedule.PooledTile(14, 2, 2))).isEqualTo(Geometry.of(16, 1, 1, 128));
        assertThat(LaunchGeometry.packing(stem(), one)).contains(new PackSpec.PixelFragments(7, 64));
    }

    @ParameterizedTest
    @CsvSource({"2,2", "2,3", "3,2", "3,3"})
    void everyPoolingOfAPooledConvolutionHasATile(int rows, int columns) {
        Window pool = new Window(rows, columns, 2, 2, 0, 0, 0, 0);
        Window w = new Window(8, 8, 4, 4, 0, 0, 0, 0);
        Extent middle = new Extent(40, 40, 64, 64);
        Extent output = new Extent(pool.outHeight(40), pool.outWidth(40), 64, 64);
        PooledConv2d spec =
                new PooledConv2d(ElementType.U8, ElementType.U8, new Extent(164, 164, 4, 4), middle, w, output, pool);
        assertThat(ScheduleSelector.candidates(spec, Target.SM_80))
                .contains(ScheduleSelector.select(spec, Target.SM_80, 8))
                .doesNotContain(new Schedule.PooledTile(14, 2, 2)); // its input does not fit shared memory
    }

    private static KernelSpec depthwise(int size) {
        Window same = new Window(3, 3, 1, 1, 1, 1, 1, 1);
        Extent extent = new Extent(size, size, 40, 48);
        return new KernelSpec.Depthwise(ElementType.U8, ElementType.U8, extent, extent, same, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"112,8,14", "28,7,4", "10,5,2", "7,7,1", "1,1,1"})
    void stripsOfARowAreLongAndAlike(int size, int pixels, int strips) {
        Schedule schedule =
                ScheduleSelector.candidates(depthwise(size), Target.SM_80).get(0);
        assertThat(schedule).isEqualTo(new Schedule.Strip(pixels, 128));
        assertThat(LaunchGeometry.of(depthwise(size), schedule))
                .isEqualTo(Geometry.of((long) size * strips * 12, 128, 1, 128));
        assertThat(LaunchGeometry.packing(depthwise(size), schedule)).contains(new PackSpec.Lanes());
    }

    @Test
    void stripsShrinkUntilThereAreEnough() {
        assertThat(ScheduleSelector.select(depthwise(28), Target.SM_80, 128)).isEqualTo(new Schedule.Strip(7, 128));
        assertThat(ScheduleSelector.select(depthwise(28), Target.SM_80, 1)).isEqualTo(new Schedule.Strip(2, 128));
    }

    @Test
    void globalPoolingIsSlicedUntilThereAreEnoughBlocks() {
        assertThat(globalPool(3, 64, 1)).isEqualTo(new Schedule.PerItem(64));
        assertThat(globalPool(7, 2048, 128)).isEqualTo(new Schedule.Slices(4, 256));
        assertThat(globalPool(112, 32, 1)).isEqualTo(new Schedule.Slices(256, 256));
    }

    private static Schedule globalPool(int size, int channels, int maxBatch) {
        Extent input = new Extent(size, size, channels, channels);
        KernelSpec spec = new KernelSpec.GlobalAvgPool(ElementType.U8, ElementType.U8, input);
        return ScheduleSelector.select(spec, Target.SM_80, maxBatch);
    }

    @Test
    void groupsOfWholeWordsHaveTheirFiltersInFours() {
        Window point = new Window(1, 1, 1, 1, 0, 0, 0, 0);
        Extent extent = new Extent(5, 9, 24, 32);
        for (int groups : new int[] {6, 12}) {
            KernelSpec spec = new KernelSpec.Grouped(
                    ElementType.U8, ElementType.U8, extent, extent, point, groups, Optional.empty());
            Schedule schedule = ScheduleSelector.select(spec, Target.SM_61, 32);
            assertThat(LaunchGeometry.packing(spec, schedule))
                    .contains(groups == 6 ? new PackSpec.Dp4aTiles(4, 4) : new PackSpec.Rows());
        }
    }
}
