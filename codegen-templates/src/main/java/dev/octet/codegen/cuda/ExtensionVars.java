package dev.octet.codegen.cuda;

import dev.octet.compiler.extension.KernelExtensions;
import dev.octet.compiler.kernel.ExtensionSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Variables of {@code extension.vm}; an item is 16 lanes of an output pixel.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record ExtensionVars(String name, ExtensionSpec spec, Schedule.PerItem schedule) implements KernelVars {
    /**
     * An operand, for the template.
     *
     * @param index its number, from 0
     * @param element C type of an element
     * @param type name of its type
     * @param height rows
     * @param width columns
     * @param pixels rows times columns
     * @param pitch bytes from pixel to pixel
     */
    public record OperandVars(int index, String element, String type, int height, int width, int pixels, int pitch) {
        private static OperandVars of(int index, ExtensionSpec.Operand operand) {
            Extent extent = operand.extent();
            return new OperandVars(
                    index,
                    ByteType.of(operand.type()).element(),
                    operand.type().text(),
                    extent.height(),
                    extent.width(),
                    extent.pixels(),
                    extent.pitch());
        }
    }

    @Override
    public String template() {
        return "cuda/extension.vm";
    }

    @Override
    public List<String> summary() {
        String operands = spec.operands().stream()
                .map(x -> x.type().text() + " " + KernelVars.text(x.extent()))
                .collect(Collectors.joining(", "));
        return List.of("Operator " + spec.operator() + " " + spec.attributes() + ": " + operands + " to " + outType()
                + " " + KernelVars.text(spec.output()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return EnumSet.of(DeviceCode.CLAMP, DeviceCode.PACK);
    }

    @Override
    public Map<String, Object> structured() {
        List<OperandVars> operands = IntStream.range(0, spec.operands().size())
                .mapToObj(i -> OperandVars.of(i, spec.operands().get(i)))
                .toList();
        return Map.of("operands", operands, "attributes", spec.attributes());
    }

    /** The operator's own statements, a template in itself. */
    String elementText() {
        return KernelExtensions.find(spec.operator())
                .element()
                .stripTrailing()
                .indent(4)
                .stripTrailing();
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    String outType() {
        return spec.out().text();
    }

    int outHeight() {
        return spec.output().height();
    }

    int outWidth() {
        return spec.output().width();
    }

    int outChannels() {
        return spec.output().channels();
    }

    int outPitch() {
        return spec.output().pitch();
    }

    /** Vectors of a pixel. */
    int outVectors() {
        return outPitch() / LANES;
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
