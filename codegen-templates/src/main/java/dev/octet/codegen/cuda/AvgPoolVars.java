package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code avgpool2d.vm}; an item is 16 lanes of an output pixel.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record AvgPoolVars(String name, KernelSpec.AvgPool spec, Schedule.PerItem schedule) implements WindowPoolVars {
    /** Where the factors begin among the constants. */
    private static final int FACTORS = 4;

    /** Threads that have 64 registers each on a multiprocessor. */
    private static final int BUSY_THREADS = 1024;

    AvgPoolVars {
        WindowPoolVars.requireFit(spec.window(), spec.input(), spec.output());
        int taps = spec.window().taps();
        KernelVars.require(taps < Integer.MAX_VALUE / 255, "the sum of a lane fits 31 bits: %d taps", taps);
    }

    @Override
    public Extent input() {
        return spec.input();
    }

    @Override
    public Extent output() {
        return spec.output();
    }

    @Override
    public Window window() {
        return spec.window();
    }

    @Override
    public String template() {
        return "cuda/avgpool2d.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Average pooling " + KernelVars.text(spec.window()) + ":",
                inType() + " " + KernelVars.text(spec.input()) + " to " + outType() + " "
                        + KernelVars.text(spec.output()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return EnumSet.of(ByteType.of(spec.in()).dp4a(), DeviceCode.CLAMP, DeviceCode.PACK);
    }

    /** Blocks that are to fit a multiprocessor together by their registers. */
    int blocks() {
        return Math.max(1, BUSY_THREADS / threads());
    }

    /** These, for people. */
    String blocksText() {
        return KernelVars.counted(blocks(), "block");
    }

    /** What padding is, for people, where there is some. */
    String padding() {
        return padded() ? " Padding is zero." : "";
    }

    /** Factors by the number of taps, none included. */
    int factors() {
        return taps() + 1;
    }

    /** Where the factor of all taps lies among the constants. */
    int lastFactor() {
        return FACTORS + taps();
    }

    String inType() {
        return spec.in().text();
    }

    String outType() {
        return spec.out().text();
    }

    String dp4a() {
        return ByteType.of(spec.in()).dp4a().function();
    }

    int taps() {
        return spec.window().taps();
    }

    /** Whether all taps of every window count. */
    boolean uniform() {
        return spec.counted().equals(spec.window().padding());
    }

    /** First row that counts. */
    int leastRow() {
        return -spec.counted().top();
    }

    /** First column that counts. */
    int leastColumn() {
        return -spec.counted().left();
    }

    /** The row of the input behind the last that counts. */
    int endRow() {
        return inHeight() + spec.counted().bottom();
    }

    /** The column of the input behind the last that counts. */
    int endColumn() {
        return inWidth() + spec.counted().right();
    }
}
