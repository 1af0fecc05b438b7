package dev.octet.maven;

import dev.octet.tools.onnx.ImageOption;
import dev.octet.tools.onnx.OptionText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals that make a definition of an ONNX model have in common: what the model does not say itself. */
abstract class ModelMojo extends OctetMojo {
    /** Shape of one input where the model leaves it open: {@code 3x224x224}, or {@code photo=3x64x64;meta=8}. */
    @Parameter(property = OctetProperties.SHAPE, defaultValue = "")
    private String shape;

    /** Order of the channels if the model's input takes bytes of an image rather than floats: GRAY, RGB or BGR. */
    @Parameter(property = OctetProperties.IMAGE)
    private String image;

    /** Factor of an image's bytes, a number or a quotient such as {@code 1/255}. */
    @Parameter(property = OctetProperties.SCALE, defaultValue = "1")
    private String scale;

    /** Subtracted from scaled bytes, one number for each channel. */
    @Parameter(property = OctetProperties.MEAN)
    private String mean;

    /** Divisors after that, one number for each channel. */
    @Parameter(property = OctetProperties.STD)
    private String std;

    /** Shorter side that image files are scaled to before their centre is cut out, such as 256; 0 if they just cover the shape. */
    @Parameter(property = OctetProperties.RESIZE, defaultValue = "0")
    private int resize;

    /** Largest number of images of a run of the model. */
    @Parameter(property = OctetProperties.MAX_BATCH, defaultValue = "32")
    private int maxBatch;

    /** Shapes by input, {@code ""} for the only one. */
    final Map<String, List<Integer>> shapes() {
        return OptionText.shapes(text(shape));
    }

    /** How the bytes of an image become numbers; empty for floats. */
    final Optional<ImageOption> image() {
        return ImageOption.of(text(image), scale, text(mean), text(std), resize);
    }

    final int maxBatch() {
        return maxBatch;
    }

    /** Maven takes empty texts for none. */
    private static String text(String given) {
        return given == null ? "" : given;
    }
}
