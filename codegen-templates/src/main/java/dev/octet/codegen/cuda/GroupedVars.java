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
 * Variables of {@code grouped.vm}; an item is 4 lanes of a strip of output pixels. An <em>element</em> of the input is a
 * word of 4 lanes where groups are whole words, and a byte elsewhere.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param strip how it divides the work
 */
record GroupedVars(String name, KernelSpec.Grouped spec, Schedule.Strip strip) implements StripVars {
    private static final int MOST_UNROLLED = 4;

    GroupedVars {
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
        return "cuda/grouped.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Convolution in " + spec.groups() + " groups, " + KernelVars.text(window()) + ":",
                inType() + " " + KernelVars.text(input()) + " to " + epilogue().text() + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.noneOf(DeviceCode.class);
        code.addAll(epilogue().deviceCode());
        if (ofWords()) {
            code.add(ByteType.of(spec.in()).dp4a());
        }
        if (integerOut()) {
            code.add(DeviceCode.PACK);
        }
        return code;
    }

    /** Whether 4 lanes are of one group of whole words. */
    boolean ofWords() {
        return spec.isOfWords();
    }

    private int element() {
        return ofWords() ? WORD : 1;
    }

    /** C type of an element of the input. */
    String inElement() {
        return ofWords() ? "unsigned" : ByteType.of(spec.in()).element();
    }

    /** Elements of an input image. */
    int imageElements() {
        return input().elements() / element();
    }

    /** Elements from pixel to pixel of the input. */
    int pixelElements() {
        return input().pitch() / element();
    }

    /** Elements of an input pixel that a group reads. */
    int groupElements() {
        return spec.groupIn() / element();
    }

    /** Output channels of a group. */
    int groupOut() {
        return spec.groupOut();
    }

    /** Output words of a group, if it has whole ones. */
    int groupWords() {
        return groupOut() / WORD;
    }

    /** Taps of the window. */
    int taps() {
        return window().taps();
    }

    /** Filters, or groups of 4 of them. */
    int filters() {
        return channels() / element();
    }

    /** The last of them. */
    int lastFilters() {
        return filters() - 1;
    }

    /** Whether there are lanes without channels, whether or not the result has them. */
    boolean spareLanes() {
        return lanes() > channels();
    }

    /** Elements of a filter, or of 4 of them side by side. */
    int filterElements() {
        return taps() * groupElements();
    }

    /** What is read only if its column is in the image begins so, or empty if all columns are. */
    String ifInside() {
        return checked() ? "inside[pixel] ? " : "";
    }

    /** How it ends. */
    String elseZero() {
        return checked() ? " : 0" : "";
    }

    int unroll() {
        return Math.min(groupElements(), MOST_UNROLLED);
    }
}
