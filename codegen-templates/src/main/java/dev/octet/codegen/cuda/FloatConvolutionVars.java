package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The variables that the templates of convolutions of floats share. */
interface FloatConvolutionVars extends FloatInputVars {
    @Override
    FloatKernel.Conv2d spec();

    @Override
    default List<String> summary() {
        return List.of(
                "Convolution " + KernelVars.text(spec().window())
                        + (spec().groups() == 1 ? "" : ", " + spec().groups() + " groups") + ":",
                input().text() + " to " + result().text()
                        + other().map(o -> ", adding " + o.text()).orElse("") + ".");
    }

    @Override
    default Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.copyOf(FloatInputVars.super.deviceCode());
        code.addAll(function().deviceCode());
        return code;
    }

    /** The activation. */
    default FloatFunction function() {
        return new FloatFunction(spec().activation());
    }

    /** How the residual is read. */
    default Optional<FloatAccess> other() {
        return spec().residual().map(FloatAccess::new);
    }

    /** Whether a residual is added. */
    default boolean residual() {
        return spec().residual().isPresent();
    }

    /** Name of the residual's type, or empty. */
    default String residualType() {
        return other().map(FloatAccess::type).orElse("");
    }

    /** C type of the residual in memory, or empty. */
    default String residualPointer() {
        return other().map(FloatAccess::pointer).orElse("");
    }

    /** Elements from pixel to pixel of the residual, or 0. */
    default int residualPitch() {
        return other().map(FloatAccess::pitch).orElse(0);
    }

    /** Device function that reads four lanes of the residual, or empty. */
    default String residualLoad() {
        return other().map(FloatAccess::load).orElse("");
    }

    /** Whether the residual is of integers. */
    default boolean scaledResidual() {
        return spec().residual().filter(FloatKernel.Value::isInteger).isPresent();
    }

    /** The load's second argument, with a comma, or empty. */
    default String residualScale() {
        return other().map(o -> o.scale("residualScale")).orElse("");
    }

    /** Whether there is an activation. */
    default boolean activated() {
        return function().isPresent();
    }

    /** Device function of the activation, or empty. */
    default String activation() {
        return function().function();
    }

    /** Rows of the input. */
    default int inHeight() {
        return spec().input().extent().height();
    }

    /** Columns of the input. */
    default int inWidth() {
        return spec().input().extent().width();
    }

    /** Rows of the result. */
    default int outHeight() {
        return spec().output().extent().height();
    }

    /** Columns of the result. */
    default int outWidth() {
        return spec().output().extent().width();
    }

    /** Pixels of an image of the result. */
    default int outPixels() {
        return spec().output().extent().pixels();
    }

    /** Columns of the window. */
    default int kernelW() {
        return spec().window().kernelW();
    }

    /** Row of the input where the window of {@code pixel} begins. */
    default String firstRow() {
        return KernelVars.firstRow(spec().window(), spec().output().extent());
    }

    /** Column of the input where it begins. */
    default String firstColumn() {
        return KernelVars.firstColumn(spec().window(), spec().output().extent());
    }

    /** Rows between taps. */
    default int dilationH() {
        return spec().window().dilationH();
    }

    /** Columns between taps. */
    default int dilationW() {
        return spec().window().dilationW();
    }
}
