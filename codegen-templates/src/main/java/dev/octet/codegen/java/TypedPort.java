package dev.octet.codegen.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A port as a typed class shows it.
 *
 * @param port the port
 * @param name its Java name
 */
record TypedPort(Port port, String name) {
    static List<TypedPort> all(List<Port> ports, List<String> names) {
        return IntStream.range(0, ports.size())
                .mapToObj(i -> new TypedPort(ports.get(i), names.get(i)))
                .toList();
    }

    /**
     * A constant of the class.
     *
     * @param suffix of its name
     * @param value its value
     * @param counts what it counts, in words that "of" follows
     */
    record Extent(String suffix, int value, String counts) {}

    boolean isImage() {
        return port.image().isPresent();
    }

    Shape shape() {
        return port.shape();
    }

    /** Extents of one image, or only the number of floats. */
    List<Extent> extents() {
        List<Extent> extents = new ArrayList<>();
        if (isImage()) {
            extents.add(new Extent("HEIGHT", shape().height(), "Rows"));
            extents.add(new Extent("WIDTH", shape().width(), "Pixels in a row"));
            extents.add(new Extent("CHANNELS", shape().channels(), "Bytes of a pixel"));
        }
        extents.add(new Extent("SIZE", shape().elements(), isImage() ? "Bytes" : "Floats"));
        return extents;
    }

    /** Type of one image's values. */
    TypeName array() {
        return TypeName.get(isImage() ? byte[].class : float[].class);
    }

    /** Type of a batch's values. */
    TypeName buffer() {
        return TypeName.get(isImage() ? ByteBuffer.class : FloatBuffer.class);
    }

    /** The array of one image as a buffer. */
    CodeBlock wrapped() {
        return CodeBlock.of("$T.wrap($N)", buffer(), name);
    }

    /** What a buffer holds several of. */
    String plural() {
        return isImage() ? "images" : "floats";
    }

    /** One of them. */
    String eachText() {
        return isImage() ? inputText() : shape().toString();
    }

    /** How one image, or one input of floats, lies in memory, for Javadoc. */
    String inputText() {
        return port.image()
                .map(image -> shape().height() + " rows of " + shape().width() + " pixels of "
                        + shape().channels() + (shape().channels() == 1 ? " byte" : " bytes") + " (" + image.order()
                        + ")")
                .orElse("floats " + shape());
    }
}
