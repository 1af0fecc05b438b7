package dev.octet.codegen.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * The methods of a typed class that run its network.
 *
 * @param ports the ports
 * @param outputsClass name of the record of several outputs
 */
record RunMethods(TypedPorts ports, ClassName outputsClass) {
    private static final ClassName CALIBRATOR = ClassName.get("dev.octet.runtime", "Calibrator");
    private static final ClassName EXAMPLE = CALIBRATOR.nestedClass("Example");
    private static final TypeName RESULTS = ParameterizedTypeName.get(List.class, float[].class);

    List<MethodSpec> all() {
        List<MethodSpec> methods = new ArrayList<>();
        if (!ports.plain()) {
            methods.add(example());
        }
        methods.add(run());
        methods.add(runBatch());
        return methods;
    }

    /** The record of all results of one run; empty if there is one output. */
    Optional<TypeSpec> outputs() {
        return isRecord() ? Optional.of(outputsRecord()) : Optional.empty();
    }

    private boolean isRecord() {
        return ports.outputs().size() > 1;
    }

    /** Calibration examples are made by type too; a plain network's are its images. */
    private MethodSpec example() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("example")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(EXAMPLE)
                .addJavadoc("What the network is calibrated with once.\n\n");
        addInputs(method);
        method.addJavadoc("@return for {@link $T#runExamples}\n", CALIBRATOR);
        return method.addStatement("return $T.of($L)", EXAMPLE, ports.wrapped()).build();
    }

    private MethodSpec run() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("run")
                .addModifiers(Modifier.PUBLIC)
                .returns(isRecord() ? outputsClass : TypeName.get(float[].class))
                .addJavadoc(ports.plain() ? "Runs one image.\n\n" : "Runs the network once.\n\n");
        addInputs(method);
        if (isRecord()) {
            method.addJavadoc("@return the outputs\n");
        } else {
            method.addJavadoc(
                    "@return {@code $L}, $L\n",
                    ports.output().port().name(),
                    ports.output().shape());
        }
        String input =
                ports.inputs().size() == 1 ? "{@code " + ports.inputs().get(0).name() + "} has" : "an input has";
        return method.addJavadoc("@throws dev.octet.plan.diag.OctetException if $L another length,\n", input)
                .addJavadoc("    if the device fails, or if this network is closed\n")
                .addStatement(runStatement())
                .build();
    }

    private CodeBlock runStatement() {
        if (ports.plain()) {
            return CodeBlock.of("return network.run($N)", ports.input().name());
        }
        CodeBlock results = CodeBlock.of("network.run($T.of($L))", List.class, ports.wrapped());
        return isRecord()
                ? CodeBlock.of("return $T.of($L)", outputsClass, results)
                : CodeBlock.of("return $L.get(0)", results);
    }

    private void addInputs(MethodSpec.Builder method) {
        for (TypedPort input : ports.inputs()) {
            method.addParameter(input.array(), input.name())
                    .addJavadoc("@param $N $L\n", input.name(), input.inputText());
        }
    }

    private MethodSpec runBatch() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("runBatch")
                .addModifiers(Modifier.PUBLIC)
                .addParameter(TypeName.INT, "n")
                .addJavadoc("Runs several images. Positions of the buffers do not move.\n\n")
                .addJavadoc("@param n number of images, at most {@link #MAX_BATCH}\n");
        for (TypedPort input : ports.inputs()) {
            method.addParameter(input.buffer(), input.name())
                    .addJavadoc(
                            "@param $N $L one after another from the buffer's position, each $L\n",
                            input.name(),
                            input.plural(),
                            input.eachText());
        }
        for (TypedPort output : ports.outputs()) {
            method.addParameter(FloatBuffer.class, output.name())
                    .addJavadoc(
                            "@param $N where to write results, one after another, each $L\n",
                            output.name(),
                            output.shape());
        }
        return method.addJavadoc("@throws dev.octet.plan.diag.OctetException if {@code n} is out of range,\n")
                .addJavadoc("    if a buffer has too little left, if the device fails, or if this network is closed\n")
                .addStatement(runBatchStatement())
                .build();
    }

    private CodeBlock runBatchStatement() {
        CodeBlock inputs = TypedPorts.arguments(ports.inputs());
        CodeBlock outputs = TypedPorts.arguments(ports.outputs());
        return ports.plain()
                ? CodeBlock.of("network.runBatch(n, $L, $L)", inputs, outputs)
                : CodeBlock.of("network.runBatch(n, $1T.of($2L), $1T.of($3L))", List.class, inputs, outputs);
    }

    private TypeSpec outputsRecord() {
        MethodSpec.Builder components = MethodSpec.constructorBuilder();
        TypeSpec.Builder type = TypeSpec.recordBuilder(outputsClass)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Results of one run, in logical order.\n\n");
        for (TypedPort output : ports.outputs()) {
            components.addParameter(float[].class, output.name());
            type.addJavadoc("@param $N floats $L\n", output.name(), output.shape());
        }
        CodeBlock results = IntStream.range(0, ports.outputs().size())
                .mapToObj(i -> CodeBlock.of("results.get($L)", i))
                .collect(CodeBlock.joining(", "));
        MethodSpec of = MethodSpec.methodBuilder("of")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(outputsClass)
                .addParameter(RESULTS, "results")
                .addStatement("return new $T($L)", outputsClass, results)
                .build();
        return type.recordConstructor(components.build()).addMethod(of).build();
    }
}
