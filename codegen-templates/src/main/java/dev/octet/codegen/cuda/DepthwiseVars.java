package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code depthwise.vm}; an item is 4 lanes of a strip of output pixels.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param strip how it divides the work
 */
record DepthwiseVars(String name, KernelSpec.Depthwise spec, Schedule.Strip strip) implements StripVars {
    /** Columns of a window whose weights, 4 words each, fit the registers beside the sums. */
    private static final int MOST_COLUMNS = 7;

    DepthwiseVars {
        EpilogueShape.of(spec);
    }

    @Override
    public EpilogueShape epilogue() {
        return EpilogueShape.of(spec);
    }

    @Override
    public ElementType in() {
        return spec.in();
    }

    @Override
    public Extent input() {
        return spec.input();
    }

    @Override
    public Window window() {
        return spec.window();
    }

    @Override
    public String template() {
        return "cuda/depthwise.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Depthwise convolution " + KernelVars.text(window()) + ":",
                inType() + " " + KernelVars.text(input()) + " to " + epilogue().text() + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code =
                EnumSet.of(ByteType.of(spec.in()).dp4a(), DeviceCode.TRANSPOSE, DeviceCode.TRANSPOSE_TAPS);
        code.addAll(epilogue().deviceCode());
        if (integerOut()) {
            code.add(DeviceCode.PACK);
        }
        return code;
    }

    /** Words of an input image. */
    int imageWords() {
        return input().elements() / WORD;
    }

    /** Columns of the input under the windows of a strip. */
    int columns() {
        return (pixels() - 1) * strideW() + window().spanW();
    }

    /** The condition that no window of a strip has a column as its tap j. */
    String outsideStrip() {
        return strideW() == 1
                ? "from < 0 || from >= " + pixels()
                : "from < 0 || from % " + strideW() + " != 0 || from / " + strideW() + " >= " + pixels();
    }

    /** The condition that a tap is in the image, behind another, or empty if all are. */
    String insideImage() {
        return checked()
                ? " && (unsigned)y < " + inHeight() + "u && (unsigned)(column + offset) < " + inWidth() + "u"
                : "";
    }

    /** Whether the columns under a strip are loaded once for all its pixels. */
    boolean slides() {
        return kernelW() <= MOST_COLUMNS && kernelH() <= 2 * WORD && strip().isNarrow(window());
    }

    /** Rows of taps in the upper group of 4. */
    int upperRows() {
        return Math.min(kernelH(), WORD);
    }

    /** Whether rows of taps are left for a lower group. */
    boolean lowerGroup() {
        return kernelH() > WORD;
    }

    /** Rows of taps in the lower group. */
    int lowerRows() {
        return kernelH() - upperRows();
    }

    /** Rows of taps in whole groups. */
    int groupedRows() {
        return lowerGroup() ? 2 * WORD : WORD;
    }
}
