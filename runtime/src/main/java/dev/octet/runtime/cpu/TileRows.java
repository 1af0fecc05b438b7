package dev.octet.runtime.cpu;

import dev.octet.runtime.cpu.Tiling.Tile;

/** Rows of floats that hold one channel of a tile, image after image. */
final class TileRows {
    private TileRows() {}

    /** Reads a channel. */
    static void read(Tensor from, Tile tile, int channel, float[] row) {
        int count = tile.pixelsPerImage();
        for (int image = 0; image < tile.images(); image++) {
            from.read(tile.firstImage() + image, channel, tile.firstPixel(), 1, count, row, image * count);
        }
    }

    /** Writes a channel. */
    static void write(Tensor to, Tile tile, int channel, float[] row) {
        int count = tile.pixelsPerImage();
        for (int image = 0; image < tile.images(); image++) {
            to.write(tile.firstImage() + image, channel, tile.firstPixel(), count, row, image * count);
        }
    }

    /** Writes some neighbouring channels, each from its row. */
    static void write(Tensor to, Tile tile, int channel, int channels, float[][] rows) {
        int count = tile.pixelsPerImage();
        for (int image = 0; image < tile.images(); image++) {
            int from = image * count;
            to.write(tile.firstImage() + image, channel, channels, tile.firstPixel(), count, rows, from);
        }
    }

    /** Clears the padding lanes of a tile. */
    static void clearPadding(Tensor to, Tile tile) {
        for (int image = 0; image < tile.images(); image++) {
            to.clearPadding(tile.firstImage() + image, tile.firstPixel(), tile.pixelsPerImage());
        }
    }
}
