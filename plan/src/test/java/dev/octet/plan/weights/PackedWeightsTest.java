package dev.octet.plan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ChannelMap.Segment;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedWeightsTest {
    /** Two filters of two taps and three channels in lanes 1, 4 and 5 of 8. */
    @Test
    void rowsFollowTheLanesOfTheOperand() {
        QuantizedLayer layer = layer(2, 2, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        ChannelMap map = new ChannelMap(8, List.of(new Segment(0, 1, 1), new Segment(1, 4, 2)));
        assertThat(PackedWeights.pack(layer, map, new PackSpec.Rows()))
                .containsExactly(
                        0, 1, 0, 0, 2, 3, 0, 0, 0, 4, 0, 0, 5, 6, 0, 0, // filter 0
                        0, 7, 0, 0, 8, 9, 0, 0, 0, 10, 0, 0, 11, 12, 0, 0);
    }

    /** Three filters of eight bytes in blocks of two filters by four bytes: the fourth filter is zero. */
    @Test
    void tilesInterleaveFiltersByFours() {
        QuantizedLayer layer = layer(3, 1, 8, new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 27, 28
        });
        assertThat(PackedWeights.pack(layer, ChannelMap.dense(8), new PackSpec.Dp4aTiles(2, 4)))
                .containsExactly(
                        1, 2, 3, 4, 11, 12, 13, 14, 5, 6, 7, 8, 15, 16, 17, 18, // filters 0 and 1
                        21, 22, 23, 24, 0, 0, 0, 0, 25, 26, 27, 28, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,4,16", "15,9,3,16,16", "16,9,16,32,32", "17,1,17,64,32", "31,4,33,32,16", "64,25,20,16,48"})
    void everyByteLiesWhereTheOrderSays(int out, int taps, int in, int tileN, int tileK) {
        long seed = out * 31L + taps * 7L + in;
        byte[] weights = new byte[out * taps * in];
        new Random(seed).nextBytes(weights);
        ChannelMap map = ChannelMap.padded(in);
        int k = taps * map.pitch();
        int blocks = (k + tileK - 1) / tileK;
        byte[] packed = PackedWeights.pack(layer(out, taps, in, weights), map, new PackSpec.Dp4aTiles(tileN, tileK));
        assertThat(packed).hasSize((out + tileN - 1) / tileN * tileN * blocks * tileK);
        for (int at = 0; at < packed.length; at++) {
            int rest = at / 4;
            int n = rest % tileN;
            rest /= tileN;
            int word = rest % (tileK / 4);
            rest /= tileK / 4;
            int filter = rest / blocks * tileN + n;
            int byteOfK = rest % blocks * tileK + word * 4 + at % 4;
            int lane = byteOfK % map.pitch();
            boolean covered = filter < out && byteOfK < k && lane < in;
            int expected = covered ? weights[(filter * taps + byteOfK / map.pitch()) * in + lane] : 0;
            assertThat((int) packed[at]).as("byte %d, seed %d", at, seed).isEqualTo(expected);
        }
    }

    /** Where a filter's row is, is found by walking over what an mma gives to its threads, not by the packer's formula. */
    @ParameterizedTest
    @CsvSource({"1,1,1,32,64,32", "17,9,3,32,64,32", "31,4,33,64,64,64", "33,9,48,64,32,32", "65,1,16,128,64,64"})
    void everyRowLiesWhereItsThreadLooks(int out, int taps, int in, int tileN, int tileK, int group) {
        long seed = out * 31L + taps * 7L + in;
        byte[] weights = new byte[out * taps * in];
        new Random(seed).nextBytes(weights);
        ChannelMap map = ChannelMap.padded(in);
        int k = taps * map.pitch();
        int blocks = (k + tileK - 1) / tileK;
        byte[] packed =
                PackedWeights.pack(layer(out, taps, in, weights), map, new PackSpec.MmaTiles(tileN, tileK, group));
        assertThat(packed).hasSize((out + tileN - 1) / tileN * tileN * blocks * tileK);
        int filter = 0;
        for (int first = 0; first < (out + tileN - 1) / tileN * tileN; first += group) {
            for (int thread = 0; thread < 4; thread++) {
                for (int tile = 0; tile < group; tile += 8) {
                    for (int column = first + tile + 2 * thread; column < first + tile + 2 * thread + 2; column++) {
                        for (int at = 0; at < blocks * tileK; at++) {
                            int lane = at % map.pitch();
                            boolean covered = filter < out && at < k && lane < in;
                            int expected = covered ? weights[(filter * taps + at / map.pitch()) * in + lane] : 0;
                            int block = column / tileN * blocks + at / tileK;
                            int actual = packed[(block * tileN + column % tileN) * tileK + at % tileK];
                            assertThat(actual)
                                    .as("filter %d, byte %d, seed %d", filter, at, seed)
                                    .isEqualTo(expected);
                        }
                        filter++;
                    }
                }
            }
        }
    }

    /** What a lane of an mma multiplies is found by walking over its fragments, not by the packer's formula. */
    @ParameterizedTest
    @CsvSource({"1,1,1,1,16", "17,7,7,3,32", "50,5,4,4,64", "64,3,3,3,64", "33,8,8,2,64", "16,4,5,1,16"})
    void everyFragmentHasThePixelsOfItsLane(int out, int rows, int columns, int in, int group) {
        long seed = out * 31L + rows * 7L + in;
        byte[] weights = new byte[out * rows * columns * in];
        new Random(seed).nextBytes(weights);
        byte[] packed = PackedWeights.pack(
                layer(out, rows * columns, in, weights),
                ChannelMap.ofWord(in),
                new PackSpec.PixelFragments(columns, group));
        int rowsOfStep = columns <= 4 ? 2 : 1;
        int steps = (rows + rowsOfStep - 1) / rowsOfStep;
        assertThat(packed).hasSize(steps * group * 32);
        int at = 0;
        for (int step = 0; step < steps; step++) {
            for (int pair = 0; pair < group / 16; pair++) {
                for (int lane = 0; lane < 32; lane++) {
                    for (int word = 0; word < 4; word++) {
                        int tile = 2 * pair + word / 2;
                        int channel = group / 4 * (lane / 4 / 2) + 2 * tile + lane / 4 % 2;
                        int row = rowsOfStep == 1 ? step : 2 * step + word % 2;
                        int column = rowsOfStep == 1 ? word % 2 * 4 + lane % 4 : lane % 4;
                        for (int c = 0; c < 4; c++) {
                            boolean covered = channel < out && row < rows && column < columns && c < in;
                            int expected = covered ? weights[((channel * rows + row) * columns + column) * in + c] : 0;
                            assertThat((int) packed[at])
                                    .as("byte %d, seed %d", at, seed)
                                    .isEqualTo(expected);
                            at++;
                        }
                    }
                }
            }
        }
    }

    /** As the product deals out its rows: thread g of warp w has rows g and g + 8 of 16, of each 64. */
    @ParameterizedTest
    @CsvSource({"64,1,64,64,128", "70,9,16,64,128", "33,2,48,128,64", "300,1,144,128,128"})
    void threadsOfAWarpgroupHaveNeighbouringFilters(int out, int taps, int in, int tileN, int tileK) {
        long seed = out * 31L + taps * 7L + in;
        byte[] weights = new byte[out * taps * in];
        new Random(seed).nextBytes(weights);
        int k = taps * in;
        int blocks = (k + tileK - 1) / tileK;
        byte[] packed = PackedWeights.pack(
                layer(out, taps, in, weights), ChannelMap.padded(in), new PackSpec.WgmmaTiles(tileN, tileK));
        int tiles = (out + tileN - 1) / tileN;
        assertThat(packed).hasSize(tiles * blocks * tileN * tileK);
        int filter = 0;
        for (int tile = 0; tile < tiles; tile++) {
            for (int warp = 0; warp < 4; warp++) {
                for (int thread = 0; thread < 8; thread++) {
                    for (int i = 0; i < tileN / 32; i++) {
                        int row = i / 2 * 64 + warp * 16 + i % 2 * 8 + thread;
                        for (int at = 0; at < blocks * tileK; at++) {
                            int expected = filter < out && at < k ? weights[filter * k + at] : 0;
                            int block = tile * blocks + at / tileK;
                            assertThat((int) packed[(block * tileN + row) * tileK + at % tileK])
                                    .as("filter %d, byte %d, seed %d", filter, at, seed)
                                    .isEqualTo(expected);
                        }
                        filter++;
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"32,128", "96,128", "64,16", "128,48"})
    void refusesTilesThatNoWarpgroupMultiplies(int tileN, int tileK) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PackSpec.WgmmaTiles(tileN, tileK))
                .withMessageContaining("bad tile");
    }

    @Test
    void refusesFragmentsOfOtherLayers() {
        QuantizedLayer layer = layer(17, 9, 3, new byte[17 * 27]);
        PackSpec fragments = new PackSpec.PixelFragments(3, 32);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedWeights.pack(layer, ChannelMap.padded(3), fragments))
                .withMessageContaining("pixels of 16 bytes cannot be packed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedWeights.pack(layer, ChannelMap.ofWord(3), new PackSpec.PixelFragments(2, 32)))
                .withMessageContaining("9 taps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedWeights.pack(layer, ChannelMap.ofWord(3), new PackSpec.PixelFragments(3, 16)))
                .withMessageContaining("17 channels");
    }

    @ParameterizedTest
    @CsvSource({"32,64,24", "48,64,32", "32,48,32", "0,64,32", "32,64,0"})
    void refusesTilesThatNoWarpMultiplies(int tileN, int tileK, int group) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PackSpec.MmaTiles(tileN, tileK, group))
                .withMessageContaining("bad tile");
    }

    /** Three filters of two taps: a tap's bytes lie side by side, padded to 16. */
    @Test
    void lanesOfDepthwiseFiltersLieSideBySide() {
        QuantizedLayer layer = layer(3, 2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        byte[] expected = new byte[32];
        System.arraycopy(new byte[] {1, 3, 5}, 0, expected, 0, 3);
        System.arraycopy(new byte[] {2, 4, 6}, 0, expected, 16, 3);
        assertThat(PackedWeights.pack(layer, PackedWeights.group(layer), new PackSpec.Lanes()))
                .isEqualTo(expected);
    }

    /** Filters of a group of 2 channels, whatever the operand's pitch. */
    @Test
    void filtersOfAGroupHaveNoPadding() {
        QuantizedLayer layer = layer(2, 2, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(PackedWeights.pack(layer, PackedWeights.group(layer), new PackSpec.Rows()))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void refusesAnotherNumberOfChannelsAndWhatNoArrayHolds() {
        QuantizedLayer layer = layer(1, 1, 3, new byte[3]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedWeights.pack(layer, ChannelMap.dense(4), new PackSpec.Rows()))
                .withMessage("x reads 3 channels, its operand has 4");
        QuantizedLayer wide = layer(1 << 14, 1, 1, new byte[1 << 14]);
        ChannelMap far = new ChannelMap(1 << 17, List.of(new Segment(0, 0, 1)));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> PackedWeights.pack(wide, far, new PackSpec.Rows()));
    }

    private static QuantizedLayer layer(int out, int taps, int in, byte[] weights) {
        return new QuantizedLayer("x", out, taps, in, weights, new float[out], new float[out]);
    }
}
