package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code dense.vm}; an item is one lane of the result.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record DenseVars(String name, KernelSpec.Dense spec, Schedule.PerItem schedule) implements EpilogueVars {
    private static final int MOST_UNROLLED = 8;

    DenseVars {
        EpilogueShape.of(spec);
    }

    @Override
    public EpilogueShape epilogue() {
        return EpilogueShape.of(spec);
    }

    @Override
    public String template() {
        return "cuda/dense.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Fully connected layer: " + inType() + " " + k() + " lanes to "
                + epilogue().text() + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.of(ByteType.of(spec.in()).dp4a());
        code.addAll(epilogue().deviceCode());
        return code;
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    String inType() {
        return spec.in().text();
    }

    String dp4a() {
        return ByteType.of(spec.in()).dp4a().function();
    }

    int k() {
        return spec.k();
    }

    /** 16-byte vectors of K. */
    int vectors() {
        return k() / LANES;
    }

    /** The channel of a thread. */
    String channel() {
        return outPitch() == 1 ? "0" : "item % " + outPitch() + "u";
    }

    int unroll() {
        return Math.min(vectors(), MOST_UNROLLED);
    }
}
