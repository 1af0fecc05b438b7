package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.ChannelMap;
import java.util.EnumSet;
import java.util.Set;

/**
 * Variables of {@code f32_grouped.vm}; an item is 4 lanes.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record FloatGroupedVars(String name, FloatKernel.Conv2d spec, Schedule.PerItem schedule)
        implements FloatConvolutionVars {
    @Override
    public String template() {
        return "cuda/f32_grouped.vm";
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.copyOf(FloatConvolutionVars.super.deviceCode());
        if (!depthwise()) {
            code.removeAll(input().loadCode());
            other().ifPresent(o -> code.addAll(o.loadCode()));
            code.addAll(input().numberCode());
        }
        return code;
    }

    /** Whether every channel is a group, so that lanes of input and result correspond. */
    boolean depthwise() {
        return spec.groupChannels() == 1 && groupOutputs() == 1;
    }

    /** Device function that reads one lane of the input. */
    String number() {
        return input().number();
    }

    int kernelH() {
        return spec.window().kernelH();
    }

    int groupChannels() {
        return spec.groupChannels();
    }

    /** Output channels of a group. */
    int groupOutputs() {
        return channels() / spec.groups();
    }

    private int channels() {
        return spec.output().extent().channels();
    }

    int lastChannel() {
        return channels() - 1;
    }

    /** Output channels in whole vectors, as the weights have them. */
    int weightLanes() {
        return ChannelMap.ofFloats(channels()).pitch();
    }

    int weightsPerTap() {
        return groupChannels() * weightLanes();
    }

    /** Where the biases begin. */
    long biases() {
        return (long) spec.window().taps() * weightsPerTap();
    }

    /** Whether the result has vectors without channels. */
    boolean paddedVectors() {
        return weightLanes() < outPitch();
    }

    int outVectors() {
        return outPitch() / 4;
    }

    /** Elements of an input image. */
    int inElements() {
        return spec.input().extent().elements();
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
