package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.runtime.cpu.Tiling.Tile;
import java.util.Arrays;

/** Channels that are channels of other values, or zero: concatenations, slices and padding. */
final class ChannelsOp implements CpuOp {
    private static final int PIXELS = 512;
    /** Stands for a channel of zeros. */
    private static final int ZERO = -1;

    private final Node node;
    private final Tiling tiling;
    private final int[] values;
    private final int[] channels;

    private ChannelsOp(Node node, int[] values, int[] channels) {
        this.node = node;
        this.tiling = new Tiling(node.type().shape(), PIXELS);
        this.values = values;
        this.channels = channels;
    }

    /** Where the channels of a result come from, in order. */
    static final class Sources {
        private final Node node;
        private final int[] values;
        private final int[] channels;
        private int next;

        Sources(Node node) {
            this.node = node;
            this.values = new int[node.type().shape().channels()];
            this.channels = new int[values.length];
        }

        /** The next channels are those of value {@code id} from {@code first} on. */
        Sources add(int id, int first, int count) {
            for (int c = 0; c < count; c++) {
                values[next] = id;
                channels[next] = first + c;
                next++;
            }
            return this;
        }

        /** The next channels are zero. */
        Sources zeros(int count) {
            Arrays.fill(channels, next, next + count, ZERO);
            next += count;
            return this;
        }

        ChannelsOp op() {
            if (next != values.length) {
                throw new IllegalStateException(next + " channels of " + values.length + " have a source");
            }
            return new ChannelsOp(node, values, channels);
        }
    }

    @Override
    public int units(int batch) {
        return tiling.count(batch);
    }

    @Override
    public void run(int unit, Frame frame, Scratch scratch) {
        Tile tile = tiling.tile(unit, frame.batch());
        float[] row = scratch.rows.get(tile.length());
        Tensor to = frame.tensor(node.id());
        for (int c = 0; c < values.length; c++) {
            if (channels[c] == ZERO) {
                Arrays.fill(row, 0, tile.length(), 0);
            } else {
                TileRows.read(frame.tensor(values[c]), tile, channels[c], row);
            }
            TileRows.write(to, tile, c, row);
        }
        TileRows.clearPadding(to, tile);
    }
}
