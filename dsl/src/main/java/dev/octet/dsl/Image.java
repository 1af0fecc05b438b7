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
}
