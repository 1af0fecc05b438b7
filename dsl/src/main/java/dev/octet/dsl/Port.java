package dev.octet.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An input or an output of a network. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Port {
    /** Name, in the alphabet of {@link Net}; what {@link Net#input} and {@link Net#output} are called with. */
    String name();

    /** Shape of one image, never with the batch: {@code {channels, height, width}} or the number of features. */
    int[] shape();

    /** On an input of raw pixels: how bytes become numbers. Exactly one on an input, none on an output. */
    Image[] image() default {};
}
