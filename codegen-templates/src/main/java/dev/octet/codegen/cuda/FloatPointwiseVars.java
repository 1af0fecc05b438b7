package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Variables of {@code f32_pointwise.vm}; an item is 4 lanes.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record FloatPointwiseVars(String name, FloatKernel.Pointwise spec, Schedule.PerItem schedule)
        implements FloatResultVars {
    @Override
    public String template() {
        return "cuda/f32_pointwise.vm";
    }

    @Override
    public List<String> summary() {
        String what = switch (spec.kind()) {
            case ACTIVATE -> activated() ? activation() : "copy";
            case ADD -> "sum" + (activated() ? ", then " + activation() : "");
            case GATE -> "product with a factor of each channel";
        };
        return List.of("Lane by lane: " + what + ", " + x().text() + " to " + result().text() + ".");
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.copyOf(FloatResultVars.super.deviceCode());
        code.addAll(function().deviceCode());
        return code;
    }

    private FloatFunction function() {
        return new FloatFunction(spec.activation());
    }

    private FloatAccess x() {
        return new FloatAccess(spec.operands().get(0));
    }

    private Optional<FloatAccess> y() {
        return binary() ? Optional.of(new FloatAccess(spec.operands().get(1))) : Optional.empty();
    }

    String xType() {
        return x().type();
    }

    String xPointer() {
        return x().pointer();
    }

    int xPitch() {
        return x().pitch();
    }

    String xLoad() {
        return x().load();
    }

    boolean scaledX() {
        return spec.operands().get(0).isInteger();
    }

    /** The load's second argument, with a comma, or empty. */
    String xScale() {
        return x().scale("xScale");
    }

    /** Whether there is a second operand. */
    boolean binary() {
        return spec.operands().size() == 2;
    }

    String yType() {
        return y().map(FloatAccess::type).orElse("");
    }

    String yPointer() {
        return y().map(FloatAccess::pointer).orElse("");
    }

    int yPitch() {
        return y().map(FloatAccess::pitch).orElse(0);
    }

    String yLoad() {
        return y().map(FloatAccess::load).orElse("");
    }

    boolean scaledY() {
        return binary() && spec.operands().get(1).isInteger();
    }

    /** The load's second argument, with a comma, or empty. */
    String yScale() {
        return y().map(y -> y.scale("yScale")).orElse("");
    }

    private boolean isGate() {
        return spec.kind() == FloatKernel.Lanewise.GATE;
    }

    int yPixels() {
        return isGate() ? 1 : pixels();
    }

    /** The second operand's pixel. */
    String yPixel() {
        return isGate() ? "(pixel / " + pixels() + "u)" : "pixel";
    }

    /** The function that makes one number of two. */
    String combine() {
        return isGate() ? "__fmul_rn" : "__fadd_rn";
    }

    boolean activated() {
        return function().isPresent();
    }

    String activation() {
        return function().function();
    }

    /** The activation's second argument, with a comma, or empty. */
    String alpha() {
        return function().alpha();
    }

    int pixels() {
        return spec.output().extent().pixels();
    }

    int channels() {
        return spec.output().extent().channels();
    }

    int outVectors() {
        return outPitch() / 4;
    }

    /** What becomes of lanes without channels, for people, if the result has some. */
    String spareLanes() {
        return outPitch() > channels() ? " Lanes beyond the " + channels() + " channels become zero." : "";
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
