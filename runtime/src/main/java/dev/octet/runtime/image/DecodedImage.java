package dev.octet.runtime.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Rows of a decoded image as red, green and blue, or as brightness alone. Samples are taken as they are stored: Java's own
 * conversion would lighten grey images, whose samples it takes to be linear. Of 16 bits the upper 8 are used; transparency is
 * ignored.
 */
final class DecodedImage {
    private static final int COLUMNS = 4096;

    private final BufferedImage image;
    private final Raster raster;
    private final boolean stored;
    private final boolean gray;
    private final int shift;
    private final int bands;

    DecodedImage(BufferedImage image) {
        this.image = image;
        this.raster = image.getRaster();
        this.bands = raster.getNumBands();
        ColorModel model = image.getColorModel();
        int space = model.getColorSpace().getType();
        this.stored = model instanceof ComponentColorModel
                && !image.isAlphaPremultiplied()
                && (model.getTransferType() == DataBuffer.TYPE_BYTE
                        || model.getTransferType() == DataBuffer.TYPE_USHORT)
                && (space == ColorSpace.TYPE_GRAY && bands <= 2 || space == ColorSpace.TYPE_RGB && bands >= 3);
        this.gray = stored && space == ColorSpace.TYPE_GRAY;
        this.shift = stored ? raster.getSampleModel().getSampleSize(0) - 8 : 0;
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    /** 1 for brightness, 3 for red, green and blue. */
    int channels() {
        return gray ? 1 : 3;
    }

    /** Columns {@code from} (inclusive) to {@code to} (exclusive) of a row, channels last, into {@code row} from its start. */
    void row(int y, int from, int to, byte[] row) {
        int[] part = new int[Math.min(COLUMNS, to - from) * Math.max(bands, 1)];
        for (int x = from; x < to; x += COLUMNS) {
            int n = Math.min(COLUMNS, to - x);
            if (stored) {
                samples(raster.getPixels(x, y, n, 1, part), n, row, (x - from) * channels());
            } else {
                colours(image.getRGB(x, y, n, 1, part, 0, n), n, row, (x - from) * channels());
            }
        }
    }

    private void samples(int[] pixels, int n, byte[] row, int at) {
        int to = at;
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < channels(); c++) {
                int sample = pixels[i * bands + c];
                row[to++] = (byte) (shift < 0 ? sample * 255 / ((1 << shift + 8) - 1) : sample >> shift);
            }
        }
    }

    private static void colours(int[] argb, int n, byte[] row, int at) {
        int to = at;
        for (int i = 0; i < n; i++) {
            row[to++] = (byte) (argb[i] >> 16);
            row[to++] = (byte) (argb[i] >> 8);
            row[to++] = (byte) argb[i];
        }
    }
}
