package dev.octet.compiler.extension;

import dev.octet.compiler.kernel.ExtensionSpec;
import java.util.List;

/**
 * The kernel of an operator from outside. Found by {@link java.util.ServiceLoader} on the processor path.
 *
 * <p>Octet writes the kernel round the operator: a thread computes 16 lanes of a pixel, limits, rounds and stores them, and
 * leaves padding lanes zero. The jar says how one element is made, in CUDA, and names small examples, which become rows of
 * the catalogue: a network that needs another combination of types is refused.
 */
public interface KernelExtension {
    /** Name of the operator, as its {@link dev.octet.plan.extension.OperatorExtension} has it. */
    String operator();

    /**
     * The statements of {@code float element(args, image, channel, row, column)}, a Velocity text: they return the element in
     * steps of the result with the very float operations of the operator's
     * {@link dev.octet.plan.extension.OperatorExtension#element element}. {@code x0(args, image, channel, row, column)} is an
     * element of the first operand, {@code x1} of the second; {@code constants[0]} the first of its constants. An attribute
     * is {@code ${attributes.groups}}; extents are {@code ${outChannels}}, {@code ${outHeight}}, {@code ${outWidth}}. The
     * compiler fuses nothing: write {@code __fmaf_rn} where the formula has a fused multiply-add.
     */
    String element();

    /** Small specifications of every combination of element types that the operator has kernels for. */
    List<ExtensionSpec> examples();
}
