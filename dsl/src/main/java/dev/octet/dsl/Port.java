package dev.octet.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An input or an output of a network. An input with an {@link #image()} takes unsigned bytes in (row, column, channel)
 * order, any other takes floats in the order of its shape: channels, then rows, then columns. Outputs are floats in that
 * order.
 *
 * <pre>{@code
 * @QuantizedNetwork(weights = "pose.safetensors", maxBatch = 16,
 *     inputs = {
 *         @Port(name = "photo", shape = {3, 64, 64}, image = @Image(order = ChannelOrder.RGB, scale = 1 / 255f)),
 *         @Port(name = "meta", shape = 8)                                        // floats
 *     },
 *     outputs = {@Port(name = "logits", shape = 10), @Port(name = "pose", shape = 6)})
 * final class Pose implements NetworkDefinition {
 *     @Override
 *     public void define(Net net) {
 *         Tensor x = net.input("photo").conv2d("conv", 32, kernel(3).stride(2).bias()).relu().globalAvgPool();
 *         Tensor y = x.dense("image_fc", 32).add(net.input("meta").dense("meta_fc", 32)).relu();
 *         net.output("logits", y.dense("logits_fc", 10));
 *         net.output("pose", y.dense("pose_fc", 6));
 *     }
 * }
 * }</pre>
 *
 * <p>The typed class then has {@code run(byte[] photo, float[] meta)}, which returns a record of {@code logits()} and
 * {@code pose()}, and its session a method per port.
 */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Port {
    /** Name, in the alphabet of {@link Net}; what {@link Net#input} and {@link Net#output} are called with. */
    String name();

    /** Shape of one image, never with the batch: {@code {channels, height, width}} or the number of features. */
    int[] shape();

    /** On an input of raw pixels: how bytes become numbers. One at most on an input, none on an output. */
    Image[] image() default {};
}
