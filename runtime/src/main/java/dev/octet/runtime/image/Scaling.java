package dev.octet.runtime.image;

/**
 * Scales an image and cuts its centre out, the odd pixel behind. Either the shorter side gets a length of its own, or the image
 * covers the result just so: the side that is shorter in lengths of the result becomes that of the result. Lengths are rounded
 * down.
 *
 * @param width columns of the result
 * @param height rows of the result
 * @param shorter length of the shorter side before cutting, at least width and height; 0 to cover just so
 */
record Scaling(int width, int height, int shorter) {
    private static final int HALF = 1 << Taps.BITS - 1;

    /** Pixels of the result, as many channels as the image, channels last. */
    byte[] apply(DecodedImage image) {
        int coveredWidth = shorter == 0 ? width : shorter;
        int coveredHeight = shorter == 0 ? height : shorter;
        boolean wider = (long) image.width() * coveredHeight >= (long) image.height() * coveredWidth;
        long scaledWidth = wider ? (long) image.width() * coveredHeight / image.height() : coveredWidth;
        long scaledHeight = wider ? coveredHeight : (long) image.height() * coveredWidth / image.width();
        Taps columns = Taps.of(image.width(), scaledWidth, (scaledWidth - width) / 2, width);
        Taps rows = Taps.of(image.height(), scaledHeight, (scaledHeight - height) / 2, height);
        return rows(rows, columns(image, rows, columns), width * image.channels());
    }

    /** Scales the needed rows of the image to the width. */
    private byte[][] columns(DecodedImage image, Taps rows, Taps columns) {
        int channels = image.channels();
        byte[] row = new byte[(columns.end() - columns.begin()) * channels];
        byte[][] result = new byte[rows.end() - rows.begin()][width * channels];
        for (int y = 0; y < result.length; y++) {
            image.row(rows.begin() + y, columns.begin(), columns.end(), row);
            for (int x = 0; x < width; x++) {
                int at = (columns.first()[x] - columns.begin()) * channels;
                for (int c = 0; c < channels; c++) {
                    result[y][x * channels + c] = sum(columns.weights()[x], row, at + c, channels);
                }
            }
        }
        return result;
    }

    private static byte sum(int[] weights, byte[] row, int from, int step) {
        int sum = HALF;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * Byte.toUnsignedInt(row[from + i * step]);
        }
        return clamped(sum);
    }

    private byte[] rows(Taps rows, byte[][] scaled, int rowBytes) {
        byte[] result = new byte[height * rowBytes];
        for (int y = 0; y < height; y++) {
            int first = rows.first()[y] - rows.begin();
            int[] weights = rows.weights()[y];
            for (int x = 0; x < rowBytes; x++) {
                int sum = HALF;
                for (int i = 0; i < weights.length; i++) {
                    sum += weights[i] * Byte.toUnsignedInt(scaled[first + i][x]);
                }
                result[y * rowBytes + x] = clamped(sum);
            }
        }
        return result;
    }

    /** Rounded weights may add up to a little more than one. */
    private static byte clamped(int sum) {
        return (byte) Math.min(255, sum >> Taps.BITS);
    }
}
