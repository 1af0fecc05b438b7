package dev.octet.examples.zoo;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.Image;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A definition, traced and compiled as its annotation says.
 *
 * @param trace its operators
 * @param compilation its plan and kernels
 */
record ZooCompilation(TracedNetwork trace, Compilation compilation) {
    /** Compiles for all of the annotation's targets. */
    static ZooCompilation of(NetworkDefinition definition) {
        List<Target> targets = Arrays.stream(annotation(definition).targets())
                .map(target -> Target.valueOf(target.name()))
                .toList();
        return of(definition, targets, annotation(definition).maxBatch());
    }

    /** Compiles for other targets or another largest batch than the annotation's. */
    static ZooCompilation of(NetworkDefinition definition, List<Target> targets, int maxBatch) {
        return of(definition, targets, maxBatch, name -> false);
    }

    /** Compiles with some values in FP32, by name. */
    static ZooCompilation of(NetworkDefinition definition, List<Target> targets, int maxBatch, Predicate<String> fp32) {
        return of(definition, targets, maxBatch, fp32, false);
    }

    /** Compiles with a float program. */
    static ZooCompilation withFloats(NetworkDefinition definition, List<Target> targets, int maxBatch) {
        return of(definition, targets, maxBatch, name -> false, true);
    }

    private static ZooCompilation of(
            NetworkDefinition definition, List<Target> targets, int maxBatch, Predicate<String> fp32, boolean floats) {
        QuantizedNetwork annotation = annotation(definition);
        TracedNetwork trace = Tracer.trace(definition);
        CompileRequest request = new CompileRequest(
                definition.getClass().getName(),
                ports(annotation.inputs()),
                ports(annotation.outputs()),
                targets,
                maxBatch,
                trace,
                trace.names().stream().filter(fp32).collect(Collectors.toSet()),
                floats);
        return new ZooCompilation(trace, OctetCompiler.compile(request, new CudaWriter(), DumpSink.NONE));
    }

    /** Compiles without kernels: what the CPU device needs. */
    static ZooCompilation withoutKernels(NetworkDefinition definition) {
        return of(definition, List.of(), annotation(definition).maxBatch());
    }

    private static QuantizedNetwork annotation(NetworkDefinition definition) {
        return definition.getClass().getAnnotation(QuantizedNetwork.class);
    }

    private static List<Port> ports(dev.octet.dsl.Port[] ports) {
        return Arrays.stream(ports)
                .map(port -> new Port(
                        port.name(),
                        new Shape(Arrays.stream(port.shape()).boxed().toList()),
                        Arrays.stream(port.image()).findFirst().map(ZooCompilation::format)))
                .toList();
    }

    private static ImageFormat format(Image image) {
        ImageFormat.ChannelOrder order =
                ImageFormat.ChannelOrder.valueOf(image.order().name());
        return new ImageFormat(
                order,
                image.scale(),
                floats(image.mean(), order.channels(), 0),
                floats(image.std(), order.channels(), 1));
    }

    /** Left out, each channel has what changes nothing. */
    private static List<Float> floats(float[] values, int channels, float otherwise) {
        return values.length == 0
                ? Collections.nCopies(channels, otherwise)
                : IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }
}
