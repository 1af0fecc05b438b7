package dev.octet.processor;

import dev.octet.dsl.DslException;
import dev.octet.dsl.Image;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.trace.PortShape;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.text.PlanLimits;
import dev.octet.plan.weights.WeightsName;
import dev.octet.processor.report.Failure;
import java.lang.annotation.AnnotationTypeMismatchException;
import java.lang.annotation.IncompleteAnnotationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;

/** Reads the annotation of a definition and refuses what contradicts itself. */
final class ContractReader {
    private final TypeElement definition;
    private final QuantizedNetwork annotation;

    private ContractReader(TypeElement definition) {
        this.definition = definition;
        this.annotation = definition.getAnnotation(QuantizedNetwork.class);
    }

    /**
     * Reads the annotation of {@code definition}; a {@link Failure} says what is wrong with it. Empty if it is not even
     * Java, lacking an element or naming what does not exist: javac says that, unless it is stopped by other errors.
     */
    static Optional<Contract> read(TypeElement definition) {
        try {
            return Optional.of(new ContractReader(definition).contract());
        } catch (IncompleteAnnotationException | AnnotationTypeMismatchException e) {
            return Optional.empty();
        }
    }

    private Contract contract() {
        List<Target> targets = Arrays.stream(annotation.targets())
                .map(target -> Target.valueOf(target.name()))
                .toList();
        require(!targets.isEmpty(), "targets is empty");
        require(new HashSet<>(targets).size() == targets.size(), "targets has duplicates: " + targets);
        require(annotation.maxBatch() >= 1, "maxBatch is at least 1, got " + annotation.maxBatch());
        return new Contract(weights(), targets, annotation.maxBatch(), ports("inputs", annotation.inputs()), outputs());
    }

    private WeightsName weights() {
        try {
            return new WeightsName(annotation.weights());
        } catch (IllegalArgumentException e) {
            throw wrong("weights = " + e.getMessage());
        }
    }

    private List<Port> ports(String which, dev.octet.dsl.Port[] declared) {
        require(declared.length > 0, which + " is empty");
        require(
                declared.length <= PlanLimits.PORTS,
                which + " has " + declared.length + " ports, the most is " + PlanLimits.PORTS);
        List<Port> ports = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (dev.octet.dsl.Port port : declared) {
            Port read = port(port);
            require(names.add(read.name()), which + " has two ports named " + read.name());
            ports.add(read);
        }
        return ports;
    }

    private List<Port> outputs() {
        List<Port> ports = ports("outputs", annotation.outputs());
        for (Port port : ports) {
            require(port.image().isEmpty(), "output " + port.name() + " has an image");
        }
        return ports;
    }

    private Port port(dev.octet.dsl.Port port) {
        try {
            PortShape checked = new PortShape(
                    port.name(), Arrays.stream(port.shape()).boxed().toList());
            require(port.image().length <= 1, "port " + port.name() + " has several images");
            Optional<ImageFormat> image = Stream.of(port.image()).findFirst().map(this::image);
            return new Port(checked.name(), new Shape(checked.shape()), image);
        } catch (DslException e) {
            throw new Failure(Optional.empty(), e.getMessage());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private ImageFormat image(Image image) {
        ChannelOrder order = ChannelOrder.valueOf(image.order().name());
        return new ImageFormat(
                order,
                image.scale(),
                perChannel(image.mean(), order.channels(), 0f),
                perChannel(image.std(), order.channels(), 1f),
                image.resize());
    }

    private static List<Float> perChannel(float[] values, int channels, float missing) {
        if (values.length == 0) {
            return Collections.nCopies(channels, missing);
        }
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw wrong(otherwise);
        }
    }

    private Failure wrong(String reason) {
        return new Failure(HostCode.ANNOTATION, definition.getSimpleName(), reason);
    }
}
