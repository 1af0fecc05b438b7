package dev.octet.tools.tune;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Optional;

/** A network with kernels of several kinds, most of which have several schedules. */
final class TuningSample {
    static final String NETWORK = "com.acme.Sample";
    static final int BATCH = 8;

    private static final Shape IMAGE = Shape.of(3, 32, 32);
    private static final int CLASSES = 10;

    private static final NetworkDefinition DEFINITION = net -> net.output(
            "scores",
            net.input("image")
                    .conv2d("first", 64, kernel(3).pad(1))
                    .relu()
                    .conv2d("second", 128, kernel(3).stride(2).pad(1))
                    .relu()
                    .conv2d("third", 64, kernel(1))
                    .relu()
                    .globalAvgPool()
                    .dense("fc", CLASSES));

    private TuningSample() {}

    /** What is compiled for some targets and some largest batch. */
    static CompileRequest request(int maxBatch, Target... targets) {
        ImageFormat format =
                new ImageFormat(ImageFormat.ChannelOrder.RGB, 1 / 255f, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        return new CompileRequest(
                NETWORK,
                List.of(new Port("image", IMAGE, Optional.of(format))),
                List.of(new Port("scores", Shape.of(CLASSES), Optional.empty())),
                List.of(targets),
                maxBatch,
                Tracer.trace(
                        DEFINITION,
                        List.of(new PortShape("image", IMAGE.dims())),
                        List.of(new PortShape("scores", List.of(CLASSES)))));
    }

    static Plan plan(Target... targets) {
        return plan(BATCH, targets);
    }

    static Plan plan(int batch, Target... targets) {
        return OctetCompiler.compile(request(batch, targets), new CudaWriter(), DumpSink.NONE)
                .plan();
    }
}
