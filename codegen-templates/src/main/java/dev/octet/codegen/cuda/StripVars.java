package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;

/** The variables that templates of convolutions with groups share: a thread computes 4 lanes of a strip of pixels. */
interface StripVars extends EpilogueVars {
    /** Lanes of a word. */
    int WORD = 4;

    /** Type of the input. */
    ElementType in();

    /** Extents of the input. */
    Extent input();

    /** The sliding window. */
    Window window();

    /** How the work is divided. */
    Schedule.Strip strip();

    @Override
    default int threads() {
        return strip().threads();
    }

    // The input.

    /** Name of the input's type. */
    default String inType() {
        return in().text();
    }

    /** Rows of the input. */
    default int inHeight() {
        return input().height();
    }

    /** Columns of the input. */
    default int inWidth() {
        return input().width();
    }

    /** Bytes from pixel to pixel of the input. */
    default int inPitch() {
        return input().pitch();
    }

    // The window.

    /** Rows of the window. */
    default int kernelH() {
        return window().kernelH();
    }

    /** Columns of the window. */
    default int kernelW() {
        return window().kernelW();
    }

    /** Row of the input where the window of an output pixel of {@code line} begins. */
    default String firstRow() {
        return outHeight() == 1
                ? String.valueOf(-window().top())
                : "(int)(line % " + outHeight() + "u) * " + window().strideH() + " - " + window().top();
    }

    /** Column of the input where the first window of a strip begins. */
    default String firstColumn() {
        return severalStrips()
                ? "firstPixel * " + strideW() + " - " + window().left()
                : String.valueOf(-window().left());
    }

    /** Columns between windows. */
    default int strideW() {
        return window().strideW();
    }

    /** Rows between taps. */
    default int dilationH() {
        return window().dilationH();
    }

    /** Columns between taps. */
    default int dilationW() {
        return window().dilationW();
    }

    /** Whether a strip's windows may reach beyond the input: by padding, or because the strip ends beyond the row. */
    default boolean checked() {
        Window w = window();
        return partialStrip() || w.top() + w.left() + w.bottom() + w.right() > 0;
    }

    // The output and its division.

    /** Rows of the output. */
    default int outHeight() {
        return epilogue().output().height();
    }

    /** Columns of the output. */
    default int outWidth() {
        return epilogue().output().width();
    }

    /** Pixels of a strip. */
    default int pixels() {
        return strip().pixels();
    }

    /** The pixels of a strip, for people. */
    default String stripText() {
        return pixels() == 1 ? "a pixel" : pixels() + " neighbouring pixels";
    }

    /** Strips of an output row. */
    default int strips() {
        return strip().strips(outWidth());
    }

    /** Whether an output row is more than one strip. */
    default boolean severalStrips() {
        return strips() > 1;
    }

    /** The first pixel of a strip, to which its pixels are added, or empty. */
    default String fromFirstPixel() {
        return severalStrips() ? "firstPixel + " : "";
    }

    /** Whether the last strip of a row ends beyond it. */
    default boolean partialStrip() {
        return strips() * pixels() > outWidth();
    }

    /** Words of an output pixel, padding included. */
    default int words() {
        return lanes() / WORD;
    }

    /** Items of an output row. */
    default int lineItems() {
        return strips() * words();
    }

    /** Items of an image. */
    default int items() {
        return outHeight() * lineItems();
    }

    /** Device function that multiplies 4 activations with weights. */
    default String dp4a() {
        return ByteType.of(in()).dp4a().function();
    }

    /** C type that the result is stored in at once. */
    @Override
    default String outPointer() {
        return integerOut() ? "unsigned" : "float";
    }
}
