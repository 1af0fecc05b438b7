package dev.octet.codegen.java;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * The ports of a typed class with their Java names.
 *
 * @param plain whether there is one input, an image, and one output
 * @param inputs the inputs
 * @param outputs the outputs
 */
record TypedPorts(boolean plain, List<TypedPort> inputs, List<TypedPort> outputs) {
    static TypedPorts of(TypedClass typed) {
        PortNames names = PortNames.of(typed.inputs(), typed.outputs(), typed.isPlain());
        return new TypedPorts(
                typed.isPlain(),
                TypedPort.all(typed.inputs(), names.inputs()),
                TypedPort.all(typed.outputs(), names.outputs()));
    }

    /** The only input of a plain class. */
    TypedPort input() {
        return inputs.get(0);
    }

    /** The only output, if there is one only. */
    TypedPort output() {
        return outputs.get(0);
    }

    /** Names of ports as arguments. */
    static CodeBlock arguments(List<TypedPort> ports) {
        return ports.stream().map(port -> CodeBlock.of("$N", port.name())).collect(joining());
    }

    /** Long lists go on in the next line. */
    private static Collector<CodeBlock, ?, CodeBlock> joining() {
        return Collectors.collectingAndThen(Collectors.toList(), blocks -> CodeBlock.join(blocks, ",$W"));
    }

    /** The inputs' arrays as arguments of buffers. */
    CodeBlock wrapped() {
        return inputs.stream().map(TypedPort::wrapped).collect(joining());
    }
}
