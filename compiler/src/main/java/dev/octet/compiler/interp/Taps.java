package dev.octet.compiler.interp;

import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;

/** Walks the part of a window that lies inside an image: rows, then columns, then channels. */
final class Taps {
    private Taps() {}

    /** Called for every element under the window. */
    @FunctionalInterface
    interface Visitor {
        /**
         * One element.
         *
         * @param tap row of the window times its width plus column
         * @param row row of the operand
         * @param column column of the operand
         */
        void visit(int tap, int row, int column);
    }

    /** A window over a whole image, which is how a dense layer reads its operand. */
    static Window whole(Shape in) {
        return new Window(in.height(), in.width(), 1, 1, 0, 0, 0, 0);
    }

    /** First input channel of the group that an output channel belongs to; {@code in} is the size of a group's input. */
    static int firstInput(int channel, int out, int groups, int in) {
        return channel / (out / groups) * in;
    }

    /** Whether a channel is one of an operand's. */
    static boolean isOperand(int channel, Shape operand) {
        return channel >= 0 && channel < operand.channels();
    }

    /** Visits the taps of the output pixel at (row, column), without those that fall on padding. */
    static void walk(Window window, Shape in, int row, int column, Visitor visitor) {
        for (int r = 0; r < window.kernelH(); r++) {
            int y = row * window.strideH() - window.top() + r * window.dilationH();
            for (int s = 0; s < window.kernelW(); s++) {
                int x = column * window.strideW() - window.left() + s * window.dilationW();
                if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
                    visitor.visit(r * window.kernelW() + s, y, x);
                }
            }
        }
    }
}
