package dev.octet.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@link NetworkDefinition} that is compiled to INT8 kernels, and says everything about the network that its
 * typed class needs: {@code Fashion} becomes {@code FashionNetwork} in the same package, {@code Outer.Inner} becomes
 * {@code Outer_InnerNetwork}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface QuantizedNetwork {
    /**
     * The weights, a safetensors file: a path relative to the {@code octet} folder beside the source root, for example
     * {@code src/main/octet}, or to the option {@code octet.dir}. The file's tensors are checked by name and shape at
     * compile time and read when the weights are packed.
     */
    String weights();

    /**
     * GPU families to generate kernels for, without duplicates. A device runs those of the best that it can run and that the
     * build compiled: a CUDA compiler that is too old for one leaves it out with a warning.
     */
    dev.octet.dsl.Target[] targets() default dev.octet.dsl.Target.SM_61;

    /** Largest number of images in one run, at least 1; the memory of a session grows with it. */
    int maxBatch() default 1;

    /** Inputs, in the order of the typed class's parameters: at least one, 64 at most, of different names. */
    Port[] inputs();

    /** Outputs, in the order of the typed class's parameters: at least one, 64 at most, of different names. */
    Port[] outputs();
}
