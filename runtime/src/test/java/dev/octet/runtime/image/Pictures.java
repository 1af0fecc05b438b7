package dev.octet.runtime.image;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Small pictures, and files of them. */
final class Pictures {
    private Pictures() {}

    static Preprocessing of(ChannelOrder order, int height, int width) {
        return of(order, height, width, 0);
    }

    static Preprocessing of(ChannelOrder order, int height, int width, int resize) {
        int channels = order.channels();
        return Preprocessing.of(new Port(
                "image",
                Shape.of(channels, height, width),
                Optional.of(new ImageFormat(
                        order,
                        1 / 255f,
                        Collections.nCopies(channels, 0f),
                        Collections.nCopies(channels, 1f),
                        resize))));
    }

    /** A picture of smooth colours with noise, of one of the types of {@link BufferedImage}. */
    static BufferedImage noise(int type, int width, int height, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                    int smooth = (x * (band + 1) * 200 / width + y * 50 / height + random.nextInt(6)) & 255;
                    image.getRaster().setSample(x, y, band, smooth);
                }
            }
        }
        return image;
    }

    static byte[] png(BufferedImage image) {
        return write("png", image, false);
    }

    static byte[] jpeg(BufferedImage image, boolean progressive) {
        return write("jpeg", image, progressive);
    }

    private static byte[] write(String format, BufferedImage image, boolean progressive) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        if (progressive) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
