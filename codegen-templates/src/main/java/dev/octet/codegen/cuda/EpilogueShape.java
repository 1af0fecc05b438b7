package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.padded;
import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.plan.graph.ElementType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a convolution and a dense layer have in common behind their accumulators.
 *
 * @param out type of the result
 * @param output extents of the result
 * @param residual type of the residual operand
 */
record EpilogueShape(ElementType out, Extent output, Optional<ElementType> residual) {
    EpilogueShape {
        int pitch = out.isInteger() ? padded(output.channels()) : output.channels();
        require(
                output.pitch() == pitch,
                "constants cover the channels padded to 16, and floats are not padded: pitch %d for %d channels of %s",
                output.pitch(),
                output.channels(),
                out.text());
        require(
                residual.isEmpty() || residual.get().isInteger(),
                "the residual is an operand of the quantised graph, so it is an integer");
    }

    /** The epilogue of a convolution; refuses extents that its constants do not cover. */
    static EpilogueShape of(KernelSpec.Conv2d spec) {
        return new EpilogueShape(spec.out(), spec.output(), spec.residual());
    }

    /** The epilogue of a depthwise convolution; refuses extents that its constants do not cover. */
    static EpilogueShape of(KernelSpec.Depthwise spec) {
        return new EpilogueShape(spec.out(), spec.output(), spec.residual());
    }

    /** The epilogue of a convolution in groups; refuses extents that its constants do not cover. */
    static EpilogueShape of(KernelSpec.Grouped spec) {
        return new EpilogueShape(spec.out(), spec.output(), spec.residual());
    }

    /** The epilogue of a convolution before its pooling; refuses extents that its constants do not cover. */
    static EpilogueShape of(PooledConv2d spec) {
        return new EpilogueShape(spec.out(), spec.middle(), Optional.empty());
    }

    /** The epilogue of a dense layer; refuses extents that its constants do not cover. */
    static EpilogueShape of(KernelSpec.Dense spec) {
        return new EpilogueShape(spec.out(), spec.output(), spec.residual());
    }

    /** Lanes of the constants, and of a residual: channels padded to 16. */
    int lanes() {
        return padded(output.channels());
    }

    boolean integerOut() {
        return out.isInteger();
    }

    boolean paddedLanes() {
        return output.pitch() > output.channels();
    }

    /** C type of the result in memory. */
    String outPointer() {
        return out.isInteger() ? "char" : "float";
    }

    String residualType() {
        return residual.map(ElementType::text).orElse("");
    }

    String residualByte() {
        return residual.map(r -> ByteType.of(r).toFloat().function()).orElse("");
    }

    /** What becomes of an accumulator, in order, for people. */
    String steps() {
        return "scale and bias" + (residual.isPresent() ? ", residual" : "")
                + (integerOut() ? ", clamp and rounding" : ", clamp");
    }

    /** Device functions that the epilogue calls, packing of words apart. */
    Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.of(DeviceCode.CLAMP);
        residual.ifPresent(r -> code.add(ByteType.of(r).toFloat()));
        return code;
    }

    /** The part of the summary behind the input. */
    String text() {
        return out.text() + " " + KernelVars.text(output)
                + residual.map(r -> ", adding a residual of " + r.text()).orElse("");
    }
}
