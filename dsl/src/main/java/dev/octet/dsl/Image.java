package dev.octet.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How unsigned bytes of an image, in HWC order, become numbers: {@code (byte * scale - mean[c]) / std[c]}. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Image {
    /** Meaning of the channels, in the order in which the network wants them. */
    ChannelOrder order();

    /** Factor of the byte, finite and not zero. */
    float scale() default 1;

    /** Subtracted after scaling, one finite number per channel; zeros if left out. */
    float[] mean() default {};

    /** Divisor, one positive finite number per channel; ones if left out. */
    float[] std() default {};

    /**
     * For images of other sizes, which programs and goals read from files: length of their shorter side after scaling, before the
     * centre of the port's shape is cut out, such as 256 for a shape of 224 x 224. At least the port's height and width; 0 scales
     * an image so that it just covers the shape. The network itself always takes images of the port's shape.
     */
    int resize() default 0;
}
