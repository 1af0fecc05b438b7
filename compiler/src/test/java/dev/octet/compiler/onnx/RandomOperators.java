package dev.octet.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/**
 * Random quantised operators by the oracle and by ONNX Runtime, byte for byte; {@code -Doctet.seed=<n>} repeats them.
 *
 * <p>The two round multipliers differently: the contract computes {@code s_in * s_w / s_out} in double and rounds once,
 * ONNX Runtime rounds the product and the quotient to float. So a number within a few roundings of half a step may get
 * its other neighbour. Where bytes differ, {@link Agreement} proves that this is why.
 */
abstract class RandomOperators {
    private static final long SEED = Long.getLong("octet.seed", 20_261_128);

    SplittableRandom random;
    Agreement agreement;

    @BeforeEach
    void begin(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName() + " " + test.getDisplayName();
        random = new SplittableRandom(SEED + name.hashCode());
        agreement = new Agreement(name + ", -Doctet.seed=" + SEED);
    }

    @AfterEach
    void report() {
        if (agreement.compared() > 0) {
            System.out.println(agreement);
        }
    }

    /** Any window of up to 4 rows and columns that fits an image of at least 9 of each. */
    Window window(int maxDilation) {
        int h = random.nextInt(1, 5);
        int w = random.nextInt(1, 5);
        Border border = new Border(random.nextInt(h), random.nextInt(w), random.nextInt(h), random.nextInt(w));
        int dilationH = random.nextInt(1, maxDilation + 1);
        int dilationW = random.nextInt(1, maxDilation + 1);
        return new Window(h, w, random.nextInt(1, 4), random.nextInt(1, 4), dilationH, dilationW, border);
    }

    Shape image(int channels) {
        return Shape.of(channels, random.nextInt(9, 16), random.nextInt(9, 16));
    }

    /** Besides one byte, less than one in 20 000. */
    void assertRare() {
        assertThat((agreement.differ() - 1) * 20_000).as("%s", agreement).isLessThan(agreement.compared());
    }

    /** ONNX's signed bytes begin at -128, Octet's at -127. */
    static int[] saturated(int[] bytes, ElementType element) {
        return IntStream.of(bytes).map(value -> Math.max(value, element.min())).toArray();
    }
}
