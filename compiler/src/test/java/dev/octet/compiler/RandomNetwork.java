package dev.octet.compiler;

import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A random definition over an {@code image}: layers with and without activation, shared values, additions of equal
 * operands, values that are outputs and used inside too, one value of two outputs, flattened outputs. Every value
 * reaches an output. Equal seeds make equal definitions.
 */
public final class RandomNetwork implements NetworkDefinition {
    private static final Shape IMAGE = Shape.of(3, 9, 7);

    private final long seed;
    private final List<Port> outputs = new ArrayList<>();
    private boolean grown;

    private RandomNetwork(long seed) {
        this.seed = seed;
    }

    /** A request for the network of a seed. */
    public static CompileRequest request(long seed) {
        RandomNetwork network = new RandomNetwork(seed);
        try {
            Networks.request(network, 1, IMAGE, Networks.output("unknown", 1));
            throw new AssertionError("the first run only finds the outputs' shapes");
        } catch (DslException expected) {
            network.grown = true;
        }
        return Networks.request(network, 8, IMAGE, network.outputs.toArray(Port[]::new));
    }

    @Override
    public void define(Net net) {
        Growth growth = new Growth(new Random(seed), net.input("image"));
        int steps = 3 + growth.random.nextInt(10);
        for (int i = 0; i < steps; i++) {
            growth.step(i);
        }
        List<Tensor> values = growth.outputs();
        for (int i = 0; i < values.size(); i++) {
            if (grown) {
                net.output("out" + i, values.get(i));
            } else {
                outputs.add(new Port("out" + i, new Shape(values.get(i).shape()), Optional.empty()));
            }
        }
    }

    /** The values so far. */
    private static final class Growth {
        private final Random random;
        private final List<Tensor> values = new ArrayList<>();
        private final Set<Tensor> unused = new LinkedHashSet<>();

        Growth(Random random, Tensor image) {
            this.random = random;
            add(image);
        }

        private void add(Tensor value) {
            values.add(value);
            unused.add(value);
        }

        /** Any value, mostly a late one. */
        private Tensor take() {
            int back = Math.min(random.nextInt(4), random.nextInt(values.size()));
            Tensor value = values.get(values.size() - 1 - back);
            unused.remove(value);
            return value;
        }

        void step(int i) {
            Tensor x = take();
            if (x.shape().size() == 1) {
                add(vector(x, i));
                return;
            }
            int channels = 1 + random.nextInt(20);
            switch (random.nextInt(8)) {
                case 0, 1 -> add(normed(x.conv2d("conv" + i, channels, kernel(x)), i));
                case 2 ->
                    add(normed(x.conv2d("conv" + i, channels, kernel(x).bias()), i)
                            .relu());
                case 3 -> add(x.relu("relu" + i));
                case 4 -> add(x.maxPool("pool" + i, kernel(x)));
                case 5 -> add(sum(x, i));
                case 6 -> add(residual(x, i));
                default -> add(end(x, i));
            }
        }

        private Tensor vector(Tensor x, int i) {
            return switch (random.nextInt(3)) {
                case 0 -> x.dense("fc" + i, 1 + random.nextInt(20));
                case 1 -> x.relu("relu" + i);
                default -> sum(x, i);
            };
        }

        private Tensor end(Tensor x, int i) {
            return switch (random.nextInt(3)) {
                case 0 -> x.globalAvgPool("mean" + i);
                case 1 ->
                    x.flatten("flat" + i)
                            .dense("fc" + i, 1 + random.nextInt(20))
                            .relu();
                default -> x.flatten("flat" + i).relu("relu" + i);
            };
        }

        private Tensor normed(Tensor x, int i) {
            return random.nextBoolean() ? x.batchNorm("bn" + i, 1e-3f) : x;
        }

        private Tensor residual(Tensor x, int i) {
            Tensor y =
                    normed(x.conv2d("conv" + i, x.channels(), Kernel.kernel(3).pad(1)), i);
            Tensor sum = random.nextBoolean() ? y.add("sum" + i, x) : x.add("sum" + i, y);
            return random.nextBoolean() ? sum.relu() : sum;
        }

        /** The sum with the latest value of equal shape that is of equal rank throughout, or with itself. */
        private Tensor sum(Tensor x, int i) {
            Tensor y = x;
            for (Tensor value : values) {
                if (value.shape().equals(x.shape()) && x.shape().size() == 3) {
                    y = value;
                }
            }
            unused.remove(y);
            return x.add("sum" + i, y);
        }

        private Kernel kernel(Tensor x) {
            int rows = 1 + random.nextInt(Math.min(3, x.shape().get(1)));
            int columns = 1 + random.nextInt(Math.min(3, x.shape().get(2)));
            return Kernel.kernel(rows, columns)
                    .stride(1 + random.nextInt(2), 1 + random.nextInt(2))
                    .pad(random.nextInt(rows), random.nextInt(columns), random.nextInt(rows), random.nextInt(columns));
        }

        /** Everything unused, one value that may be used, and the first of all these once more. */
        List<Tensor> outputs() {
            List<Tensor> last = new ArrayList<>(unused);
            last.add(take());
            last.add(last.get(0));
            return last;
        }
    }
}
