package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Shape;

/**
 * Cuts the pixels of a batch into tiles, the units that threads work on: rows of one image, or several whole images
 * where they are small.
 */
final class Tiling {
    /** Loops run over a multiple of this many pixels, so that no scalar rest is left of them. */
    private static final int LANES = 16;

    private final int height;
    private final int width;
    private final int rows;
    private final int images;

    /** Tiles of about {@code target} pixels, at least one row. */
    Tiling(Shape shape, int target) {
        height = shape.height();
        width = shape.width();
        int fitting = Math.max(1, Math.min(height, target / width));
        int bands = (height + fitting - 1) / fitting;
        rows = (height + bands - 1) / bands;
        images = bands > 1 ? 1 : Math.max(1, target / (height * width));
    }

    /** Rows of an image in a tile, at most. */
    int rows() {
        return rows;
    }

    /** Images in a tile, at most. */
    int images() {
        return images;
    }

    /** Number of tiles of a batch. */
    int count(int batch) {
        return (batch + images - 1) / images * bands();
    }

    private int bands() {
        return (height + rows - 1) / rows;
    }

    /** A tile of a batch. */
    Tile tile(int index, int batch) {
        int firstImage = index / bands() * images;
        int firstRow = index % bands() * rows;
        return new Tile(
                firstImage, Math.min(images, batch - firstImage), firstRow, Math.min(rows, height - firstRow), width);
    }

    /**
     * Some rows of some images.
     *
     * @param firstImage first image
     * @param images number of images
     * @param firstRow first row of each image
     * @param rows number of rows of each image
     * @param width pixels in a row
     */
    record Tile(int firstImage, int images, int firstRow, int rows, int width) {
        /** Pixels of one image in the tile. */
        int pixelsPerImage() {
            return rows * width;
        }

        /** First pixel in each image. */
        int firstPixel() {
            return firstRow * width;
        }

        /** Length of a row of floats that holds all pixels of the tile, image after image, rounded up. */
        int length() {
            return (images * pixelsPerImage() + LANES - 1) / LANES * LANES;
        }
    }
}
