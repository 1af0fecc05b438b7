package dev.octet.plan.weights;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;

/**
 * Brings quantised weights into the order that a kernel reads. A filter is a row of K bytes over (tap, lane): logical
 * channels go to the lanes of the layer's operand, all other lanes are zero.
 */
public final class PackedWeights {
    private PackedWeights() {}

    /**
     * Packs a layer. Throws {@link IllegalArgumentException} if the channel map has another number of channels or the order is not
     * for such a layer, and {@link ArithmeticException} if the result has 2^31 bytes or more.
     *
     * @param layer quantised weights
     * @param input channel map of what a filter reads: of the layer's operand, or {@link #group}
     * @param spec the order
     */
    public static byte[] pack(QuantizedLayer layer, ChannelMap input, PackSpec spec) {
        if (layer.in() != input.channels()) {
            throw new IllegalArgumentException(
                    layer.layer() + " reads " + layer.in() + " channels, its operand has " + input.channels());
        }
        int k = Math.multiplyExact(layer.taps(), input.pitch());
        if (spec instanceof PackSpec.Dp4aTiles tiles) {
            return pack(layer, input, new Tiles(tiles, k));
        } else if (spec instanceof PackSpec.MmaTiles tiles) {
            return pack(
                    layer, input, new PermutedRows(tiles.tileN(), tiles.tileK(), k, channel -> mmaRow(tiles, channel)));
        } else if (spec instanceof PackSpec.WgmmaTiles tiles) {
            return pack(
                    layer,
                    input,
                    new PermutedRows(tiles.tileN(), tiles.tileK(), k, channel -> wgmmaRow(tiles, channel)));
        } else if (spec instanceof PackSpec.PixelFragments fragments) {
            return pack(layer, input, Fragments.of(fragments, layer, input));
        } else if (spec instanceof PackSpec.Lanes) {
            return pack(layer, input, new Lanes(ChannelMap.padded(layer.out()).pitch(), k));
        }
        if (spec instanceof PackSpec.Rows) {
            return pack(layer, input, new Rows(layer.out(), k));
        }
        throw new IllegalArgumentException(layer.layer() + " has no floats to be packed as " + spec);
    }

    /**
     * Packs a layer that stays in FP32. Throws {@link IllegalArgumentException} if the channel map has too few channels or
     * the order is one of bytes, and {@link ArithmeticException} if the result has 2^31 bytes or more.
     *
     * @param layer float weights
     * @param input channel map of the layer's operand
     * @param spec the order
     */
    public static byte[] pack(FloatLayer layer, ChannelMap input, PackSpec spec) {
        if (!(spec instanceof PackSpec.FloatTiles tiles) || layer.in() > input.channels()) {
            throw new IllegalArgumentException(
                    layer.layer() + " of " + layer.in() + " channels cannot be packed as " + spec);
        }
        ChannelMap group = layer.in() == input.channels() ? input : ChannelMap.dense(layer.in());
        FloatOrder order = new FloatOrder(tiles, Math.multiplyExact(layer.taps(), group.pitch()));
        ByteBuffer packed = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, order.size(layer.out())))
                .order(ByteOrder.LITTLE_ENDIAN);
        int[] lanes = lanes(group);
        int source = 0;
        for (int o = 0; o < layer.out(); o++) {
            for (int tap = 0; tap < layer.taps(); tap++) {
                for (int lane : lanes) {
                    int position = order.position(o, tap * group.pitch() + lane);
                    packed.putFloat(Float.BYTES * position, layer.weights()[source++]);
                }
            }
            packed.putFloat(Float.BYTES * order.bias(layer.out(), o), layer.bias()[o]);
        }
        return packed.array();
    }

    /** The lanes of a filter in a convolution with groups, whose operand has its channels in order. */
    public static ChannelMap group(QuantizedLayer layer) {
        return ChannelMap.dense(layer.in());
    }

    private static byte[] pack(QuantizedLayer layer, ChannelMap input, Order order) {
        byte[] packed = new byte[order.size(layer.out())];
        int[] lanes = lanes(input);
        int source = 0;
        for (int o = 0; o < layer.out(); o++) {
            for (int tap = 0; tap < layer.taps(); tap++) {
                for (int lane : lanes) {
                    packed[order.position(o, tap * input.pitch() + lane)] = layer.weights()[source++];
                }
            }
        }
        return packed;
    }

    private static int[] lanes(ChannelMap input) {
        int[] lanes = new int[input.channels()];
        for (ChannelMap.Segment s : input.segments()) {
            for (int i = 0; i < s.count(); i++) {
                lanes[s.logical() + i] = s.physical() + i;
            }
        }
        return lanes;
    }

    /** Where byte k of filter o lies. */
    private interface Order {
        int size(int out);

        int position(int o, int k);
    }

    /** {@code [out][K]}. */
    private record Rows(int out, int k) implements Order {
        @Override
        public int size(int out) {
            return Math.multiplyExact(out, k);
        }

        @Override
        public int position(int o, int k) {
            return o * this.k + k;
        }
    }

    /** {@code [K][lanes]}. */
    private record Lanes(int lanes, int k) implements Order {
        @Override
        public int size(int out) {
            return Math.multiplyExact(k, lanes);
        }

        @Override
        public int position(int o, int k) {
            return k * lanes + o;
        }
    }

    /** {@code [out/tileN][K/tileK][tileK/4][tileN][4]}, the last tiles filled with zeros. */
    private record Tiles(PackSpec.Dp4aTiles spec, int k) implements Order {
        private int blocksOfK() {
            return (k + spec.tileK() - 1) / spec.tileK();
        }

        @Override
        public int size(int out) {
            int blocksOfN = (out + spec.tileN() - 1) / spec.tileN();
            int tile = Math.multiplyExact(spec.tileN(), spec.tileK());
            return Math.multiplyExact(Math.multiplyExact(blocksOfN, blocksOfK()), tile);
        }

        @Override
        public int position(int o, int k) {
            int block = o / spec.tileN() * blocksOfK() + k / spec.tileK();
            int word = block * (spec.tileK() / 4) + k % spec.tileK() / 4;
            return (word * spec.tileN() + o % spec.tileN()) * 4 + k % 4;
        }
    }

    /**
     * {@code [out/tileN][K/tileK][tileN][tileK]} with permuted rows, the last tiles filled with zeros.
     *
     * @param row of a tile, by channel of the tile
     */
    private record PermutedRows(int tileN, int tileK, int k, IntUnaryOperator row) implements Order {
        private int blocksOfK() {
            return (k + tileK - 1) / tileK;
        }

        @Override
        public int size(int out) {
            int blocksOfN = (out + tileN - 1) / tileN;
            return Math.multiplyExact(Math.multiplyExact(blocksOfN, blocksOfK()), Math.multiplyExact(tileN, tileK));
        }

        @Override
        public int position(int o, int k) {
            int block = o / tileN * blocksOfK() + k / tileK;
            return (block * tileN + row.applyAsInt(o % tileN)) * tileK + k % tileK;
        }
    }

    /** The row of a channel of a tile, so that each of four threads of an mma gets neighbouring channels. */
    private static int mmaRow(PackSpec.MmaTiles spec, int channel) {
        int inGroup = channel % spec.group();
        return channel - inGroup + column(inGroup, spec.group());
    }

    /** The same of a wgmma, whose four warps have 16 rows of each 64, and a thread one in each half of them. */
    private static int wgmmaRow(PackSpec.WgmmaTiles spec, int channel) {
        int warps = 4;
        int rows = 16;
        int ofWarp = spec.tileN() / warps;
        int ofThread = ofWarp / (rows / 2);
        int warp = channel / ofWarp;
        int thread = channel % ofWarp / ofThread;
        int i = channel % ofThread;
        return i / 2 * warps * rows + warp * rows + i % 2 * (rows / 2) + thread;
    }

    /** The column of an mma's tiles that a channel of a group has, so that each of four threads gets neighbouring channels. */
    private static int column(int channel, int group) {
        int thread = channel / (group / 4);
        int ofThread = channel % (group / 4);
        return ofThread / 2 * 8 + thread * 2 + ofThread % 2;
    }

    /** {@code [step][group/16][32][2][2][4]}, what is no tap or channel filled with zeros. */
    private record Fragments(PackSpec.PixelFragments spec, int steps) implements Order {
        private static final int CHANNELS = 16;
        private static final int BYTES = CHANNELS * 32;

        static Fragments of(PackSpec.PixelFragments spec, QuantizedLayer layer, ChannelMap input) {
            if (input.pitch() != ChannelMap.WORD || layer.taps() % spec.kernelW() != 0 || layer.out() > spec.group()) {
                throw new IllegalArgumentException(layer.layer() + " of " + layer.taps() + " taps, " + layer.out()
                        + " channels and pixels of " + input.pitch() + " bytes cannot be packed as " + spec);
            }
            int rows = layer.taps() / spec.kernelW();
            return new Fragments(spec, (rows + spec.rowsOfStep() - 1) / spec.rowsOfStep());
        }

        @Override
        public int size(int out) {
            return Math.multiplyExact(steps, spec.group() / CHANNELS * BYTES);
        }

        @Override
        public int position(int o, int k) {
            int tap = k / ChannelMap.WORD;
            int row = tap / spec.kernelW();
            int pixel = row % spec.rowsOfStep() * 4 + tap % spec.kernelW();
            int column = column(o, spec.group());
            int block = row / spec.rowsOfStep() * (spec.group() / CHANNELS) + column / CHANNELS;
            int lane = column % 8 * 4 + pixel % 4;
            int word = (block * 32 + lane) * 4 + column / 8 % 2 * 2 + pixel / 4;
            return word * ChannelMap.WORD + k % ChannelMap.WORD;
        }
    }

    /** {@code [out/tileN][K/tileK][tileK][tileN]} and the biases, filled with zeros. */
    private record FloatOrder(PackSpec.FloatTiles spec, int k) {
        private int rows() {
            return (k + spec.tileK() - 1) / spec.tileK() * spec.tileK();
        }

        private int columns(int out) {
            return (out + spec.tileN() - 1) / spec.tileN() * spec.tileN();
        }

        int size(int out) {
            return Math.multiplyExact(columns(out), Math.addExact(rows(), 1));
        }

        int position(int o, int k) {
            return (o / spec.tileN() * rows() + k) * spec.tileN() + o % spec.tileN();
        }

        int bias(int out, int o) {
            return columns(out) * rows() + o;
        }
    }
}
