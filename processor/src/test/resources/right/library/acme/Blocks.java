package acme;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Tensor;
import java.util.function.IntUnaryOperator;

/** A helper in a library; it has nested, local and anonymous classes, whose class files must be found too. */
public final class Blocks {
    public static Tensor stem(Tensor x, int width) {
        IntUnaryOperator same = new IntUnaryOperator() {
            @Override
            public int applyAsInt(int n) {
                return n;
            }
        };
        return x.conv2d("conv1", same.applyAsInt(width), Sizes.PADDED).relu();
    }

    private static final class Sizes {
        static final dev.octet.dsl.Kernel PADDED = kernel(3).pad(1);
    }
}
