package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.schedule.Schedule;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code f32_pixels.vm}; an item is 4 lanes.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record FloatPixelsVars(String name, FloatKernel.Pixels spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/f32_pixels.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Raw pixels " + KernelVars.text(spec.input()) + " to f32, pitch " + pitch() + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of(DeviceCode.STORE_F32);
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    int pixels() {
        return spec.output().pixels();
    }

    int channels() {
        return spec.output().channels();
    }

    int pitch() {
        return spec.output().pitch();
    }

    /** Vectors of 4 lanes of a pixel. */
    int vectors() {
        return pitch() / 4;
    }

    /** Whether a pixel is more than one vector. */
    boolean severalVectors() {
        return vectors() > 1;
    }

    /** The channel of a lane. */
    String channelOfLane() {
        return severalVectors() ? "channel + lane" : "lane";
    }

    /** Where the numbers of a lane's channel begin. */
    String tableOfLane() {
        return severalVectors() ? "(channel + lane) * 256" : "lane * 256";
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
