package dev.octet.processor;

import dev.octet.compiler.CompileRequest;
import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A random definition in which every number may be extreme: powers of two, their neighbours, and the ends of int. The
 * first run finds the shape of the output. Equal seeds make equal definitions.
 */
final class ExtremeNetwork implements NetworkDefinition {
    private static final ImageFormat GRAY = new ImageFormat(ChannelOrder.GRAY, 1, List.of(0f), List.of(1f));

    private final long seed;
    private final double extreme;
    private List<Integer> result = List.of(1);
    private Random random;

    private ExtremeNetwork(long seed) {
        this.seed = seed;
        this.extreme = new Random(seed).nextInt(5) * 0.05;
    }

    /** A request for all targets; {@link DslException} if the definition is refused already when it is recorded. */
    static CompileRequest request(long seed) {
        ExtremeNetwork network = new ExtremeNetwork(seed);
        network.random = new Random(~seed);
        PortShape image = new PortShape("image", List.of(1, network.extent(), network.extent()));
        int maxBatch = network.number(64);
        try {
            Tracer.trace(network, List.of(image), List.of(new PortShape("y", network.result)));
        } catch (DslException e) {
            if (e.code() != DslCode.OUTPUT_SHAPE) {
                throw e;
            }
        }
        return request(network, image, new PortShape("y", network.result), maxBatch);
    }

    /** A request for all targets with a gray image. */
    static CompileRequest request(NetworkDefinition definition, PortShape image, PortShape output, int maxBatch) {
        return new CompileRequest(
                "demo.Extreme",
                List.of(new Port(image.name(), new Shape(image.shape()), Optional.of(GRAY))),
                List.of(new Port(output.name(), new Shape(output.shape()), Optional.empty())),
                List.of(Target.values()),
                maxBatch,
                Tracer.trace(definition, List.of(image), List.of(output)));
    }

    @Override
    public void define(Net net) {
        random = new Random(seed);
        Tensor x = net.input("image");
        int steps = 1 + random.nextInt(5);
        for (int i = 0; i < steps; i++) {
            x = step(x, i);
        }
        result = x.shape();
        net.output("y", x);
    }

    private Tensor step(Tensor x, int i) {
        if (x.shape().size() == 1) {
            return random.nextBoolean() ? x.dense("fc" + i, number(20)) : x.relu("relu" + i);
        }
        return switch (random.nextInt(7)) {
            case 0, 1 -> normed(x.conv2d("conv" + i, number(20), kernel(x)), i);
            case 2 -> x.conv2d("conv" + i, number(20), kernel(x).bias()).relu();
            case 3 -> x.maxPool("pool" + i, kernel(x));
            case 4 -> x.add("sum" + i, x);
            case 5 -> x.globalAvgPool("mean" + i);
            default -> x.flatten("flat" + i).dense("fc" + i, number(20));
        };
    }

    private Tensor normed(Tensor x, int i) {
        Tensor y = x;
        for (int j = random.nextInt(10); j > 0; j--) {
            y = y.batchNorm("bn" + i + "_" + j, Float.intBitsToFloat(1 + random.nextInt(0x7f7fffff)));
        }
        return y;
    }

    /** Sometimes a window as large as the image, whatever that is: it always fits. */
    private Kernel kernel(Tensor x) {
        int rows = random.nextInt(4) == 0 ? x.shape().get(1) : number(3);
        int columns = random.nextInt(4) == 0 ? x.shape().get(2) : number(3);
        Kernel kernel = Kernel.kernel(rows, columns).stride(number(2), number(2));
        return switch (random.nextInt(3)) {
            case 0 -> kernel;
            case 1 -> kernel.pad(rows / 2, columns / 2, rows / 2, columns / 2);
            default -> kernel.pad(Math.max(0, rows - 1), 0, 0, Math.max(0, columns - 1));
        };
    }

    private int extent() {
        return random.nextInt(3) == 0 ? 1 << random.nextInt(15) : number(40);
    }

    private int number(int usual) {
        if (random.nextDouble() >= extreme) {
            return 1 + random.nextInt(usual);
        }
        return switch (random.nextInt(8)) {
            case 0 -> Integer.MAX_VALUE;
            case 1 -> random.nextInt();
            default -> (1 << random.nextInt(31)) + random.nextInt(3) - 1;
        };
    }
}
