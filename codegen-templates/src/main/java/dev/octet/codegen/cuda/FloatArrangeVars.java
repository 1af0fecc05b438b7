package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatKernel.Run;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Variables of {@code f32_arrange.vm}; an item is 4 lanes.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record FloatArrangeVars(String name, FloatKernel.Arrange spec, Schedule.PerItem schedule) implements FloatResultVars {
    @Override
    public String template() {
        return "cuda/f32_arrange.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Numbers of " + operands() + (operands() == 1 ? " operand" : " operands")
                + " in another arrangement, to " + result().text() + ".");
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.copyOf(result().storeCode());
        code.add(DeviceCode.NUMBER_F32);
        if (mixed()) {
            code.add(DeviceCode.NUMBER_S8);
            code.add(DeviceCode.NUMBER_U8);
        }
        return code;
    }

    int operands() {
        return spec.operands().size();
    }

    String types() {
        return spec.operands().stream().map(value -> value.element().text()).collect(Collectors.joining(", "));
    }

    /** Whether an operand is of integers. */
    boolean mixed() {
        return spec.operands().stream().anyMatch(Value::isInteger);
    }

    int runs() {
        return spec.runs().size();
    }

    private String list(ToIntFunction<Run> property) {
        return spec.runs().stream()
                .map(run -> String.valueOf(property.applyAsInt(run)))
                .collect(Collectors.joining(", "));
    }

    private Value operand(Run run) {
        return spec.operands().get(run.operand());
    }

    String operandOfRun() {
        return list(Run::operand);
    }

    String pitchOfRun() {
        return list(run -> operand(run).extent().pitch());
    }

    String typeOfRun() {
        return list(run -> switch (operand(run).element()) {
            case F32 -> 0;
            case S8 -> 1;
            case U8 -> 2;
        });
    }

    String from() {
        return list(Run::from);
    }

    String to() {
        return list(Run::to);
    }

    String count() {
        return list(Run::count);
    }

    /** Whether pixels are repeated. */
    boolean repeats() {
        return spec.rows() > 1 || spec.columns() > 1;
    }

    int rows() {
        return spec.rows();
    }

    int columns() {
        return spec.columns();
    }

    int inHeight() {
        return outHeight() / rows();
    }

    int inWidth() {
        return outWidth() / columns();
    }

    int outHeight() {
        return spec.output().extent().height();
    }

    int outWidth() {
        return spec.output().extent().width();
    }

    int outPixels() {
        return spec.output().extent().pixels();
    }

    int outVectors() {
        return outPitch() / 4;
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
