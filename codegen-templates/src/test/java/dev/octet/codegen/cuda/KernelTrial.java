package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import dev.octet.plan.launch.Geometry;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A launch with random operands and the result that a plain loop nest computes.
 *
 * @param title what is special about it
 * @param kernel the kernel
 * @param batch images
 * @param buffers the pointers of the argument struct, in order
 * @param output index of the result among the buffers; it holds garbage
 * @param expected the result
 */
public record KernelTrial(
        String title, ScheduledKernel kernel, int batch, List<byte[]> buffers, int output, byte[] expected) {
    /** Blocks that walk, where there are few. */
    private static final int WALKERS = 2;

    /** What to draw operands for. */
    public record Request(
            String title, KernelSpec spec, Schedule schedule, Target target, int batch, Operands operands) {
        /** The trial of this request. */
        KernelTrial trial(List<byte[]> buffers, int output, ByteBuffer expected) {
            ScheduledKernel kernel = new ScheduledKernel(spec, schedule, target);
            return new KernelTrial(title, kernel, batch, buffers, output, expected.array());
        }
    }

    /** A trial with random operands. */
    public static KernelTrial of(Request request) {
        KernelSpec spec = request.spec();
        if (spec instanceof KernelSpec.OfFloats floats) {
            return FloatTrials.of(request, floats);
        } else if (spec instanceof KernelSpec.Conv2d conv) {
            return LayerTrials.conv2d(request, conv);
        } else if (spec instanceof PooledConv2d pooled) {
            return LayerTrials.pooled(request, pooled);
        } else if (spec instanceof KernelSpec.Depthwise depthwise) {
            return LayerTrials.depthwise(request, depthwise);
        } else if (spec instanceof KernelSpec.Grouped grouped) {
            return LayerTrials.grouped(request, grouped);
        } else if (spec instanceof KernelSpec.Dense dense) {
            return LayerTrials.dense(request, dense);
        } else if (spec instanceof KernelSpec.MaxPool pool) {
            return LanewiseTrials.maxPool(request, pool);
        } else if (spec instanceof KernelSpec.GlobalAvgPool pool) {
            return LanewiseTrials.avgPool(request, pool);
        } else if (spec instanceof KernelSpec.Add add) {
            return LanewiseTrials.add(request, add);
        } else if (spec instanceof KernelSpec.Rescale rescale) {
            return LanewiseTrials.rescale(request, rescale);
        } else if (spec instanceof KernelSpec.Gate gate) {
            return LanewiseTrials.gate(request, gate);
        } else if (spec instanceof KernelSpec.Lookup lookup) {
            return LanewiseTrials.lookup(request, lookup);
        } else if (spec instanceof KernelSpec.AvgPool pool) {
            return LanewiseTrials.windowMean(request, pool);
        } else if (spec instanceof KernelSpec.Upsample upsample) {
            return LanewiseTrials.upsample(request, upsample);
        } else if (spec instanceof MoveChannels move) {
            return LanewiseTrials.moveChannels(request, move);
        } else if (spec instanceof KernelSpec.Quantize quantize) {
            return LanewiseTrials.quantize(request, quantize);
        } else if (spec instanceof KernelSpec.QuantizeFloat quantize) {
            return LanewiseTrials.quantizeFloat(request, quantize);
        } else if (spec instanceof KernelSpec.Dequantize dequantize) {
            return LanewiseTrials.dequantize(request, dequantize);
        }
        throw new IllegalArgumentException("no trial for " + spec);
    }

    /** How the compiler launches the kernel. */
    public Geometry geometry() {
        return LaunchGeometry.of(kernel.spec(), kernel.schedule());
    }

    /** Blocks along x. Of those that walk over tiles there are few in every second trial, so that they have a way to go. */
    public int gridX() {
        int blocks = geometry().gridX(batch);
        return geometry().isLimited() && batch % 2 == 1 ? Math.min(blocks, WALKERS) : blocks;
    }

    @Override
    public String toString() {
        return kernel.name() + ", batch " + batch + ": " + title;
    }
}
