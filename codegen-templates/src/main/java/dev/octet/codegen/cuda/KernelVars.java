package dev.octet.codegen.cuda;

import dev.octet.codegen.TemplateVars;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The variables of a kernel's template, and what stands before the template's text. */
interface KernelVars extends TemplateVars {
    /** Lanes of a 16-byte vector. */
    int LANES = 16;

    /** Name of the entry point. */
    String name();

    /** Threads per block. */
    int threads();

    /** What the kernel computes, for the comment at the top: lines of prose. */
    List<String> summary();

    /** Device functions that the template calls. */
    Set<DeviceCode> deviceCode();

    /** {@code value} rounded up to whole vectors of 16 lanes. */
    static int padded(int value) {
        return (value + LANES - 1) / LANES * LANES;
    }

    /** Refuses with {@code reason}, a {@link String#format} pattern, unless {@code condition} holds. */
    static void require(boolean condition, String reason, Object... arguments) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, reason, arguments));
        }
    }

    /** How many of something, for people: {@code 1 lane}, {@code 16 lanes}. */
    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** A window for people: size, stride, dilation if there is one, and padding of each side. */
    static String text(Window w) {
        return w.kernelH() + "x" + w.kernelW() + ", stride " + w.strideH() + "x" + w.strideW()
                + (w.isDilated() ? ", dilation " + w.dilationH() + "x" + w.dilationW() : "") + ", padding " + w.top()
                + " above, " + w.left() + " left, " + w.bottom() + " below, " + w.right() + " right";
    }

    /** Row of the input where the window of output pixel {@code pixel} of the batch begins, as an expression. */
    static String firstRow(Window w, Extent output) {
        if (output.height() == 1) {
            return String.valueOf(-w.top());
        }
        String row = output.width() == 1 ? "" : " / " + output.width() + "u";
        return "(int)(pixel % " + output.pixels() + "u" + row + ") * " + w.strideH() + " - " + w.top();
    }

    /** Column of the input where it begins. */
    static String firstColumn(Window w, Extent output) {
        return output.width() == 1
                ? String.valueOf(-w.left())
                : "(int)(pixel % " + output.width() + "u) * " + w.strideW() + " - " + w.left();
    }

    /** An extent for people: {@code 28x28x10 (pitch 16)}. */
    static String text(Extent extent) {
        return extent.height() + "x" + extent.width() + "x" + extent.channels()
                + (extent.pitch() == extent.channels() ? "" : " (pitch " + extent.pitch() + ")");
    }
}
