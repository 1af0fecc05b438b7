package dev.octet.codegen.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.nio.FloatBuffer;
import javax.lang.model.element.Modifier;

/**
 * The session of a typed class: the runtime's session with a method for each port.
 *
 * @param ports the ports
 * @param network the typed class
 */
record SessionClass(TypedPorts ports, ClassName network) {
    private static final ClassName RUNTIME_SESSION = ClassName.get("dev.octet.runtime", "Session");

    TypeSpec type() {
        TypeSpec.Builder type = TypeSpec.classBuilder(network.nestedClass(TypedClassWriter.SESSION))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(AutoCloseable.class)
                .addJavadoc("Buffers and memory for repeated runs without copies. Not thread-safe.")
                .addField(RUNTIME_SESSION, "session", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(constructor());
        ports.inputs().forEach(input -> type.addMethod(input(input)));
        ports.outputs().forEach(output -> type.addMethod(output(output)));
        return type.addMethod(run()).addMethod(close()).build();
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(RUNTIME_SESSION, "session")
                .addStatement("this.session = session")
                .build();
    }

    private static MethodSpec input(TypedPort input) {
        return MethodSpec.methodBuilder(input.name())
                .addModifiers(Modifier.PUBLIC)
                .returns(input.buffer())
                .addJavadoc(
                        "The direct buffer of input {@code $L}, position 0: $L one after another,\n",
                        input.port().name(),
                        input.plural())
                .addJavadoc("each $L.\n", input.eachText())
                .addStatement(
                        "return session.$L($S)",
                        input.isImage() ? "input" : "floatInput",
                        input.port().name())
                .build();
    }

    private static MethodSpec output(TypedPort output) {
        return MethodSpec.methodBuilder(output.name())
                .addModifiers(Modifier.PUBLIC)
                .returns(FloatBuffer.class)
                .addJavadoc(
                        "The direct buffer of output {@code $L}, position 0: results one after another,\n",
                        output.port().name())
                .addJavadoc("each $L.\n", output.shape())
                .addStatement("return session.output($S)", output.port().name())
                .build();
    }

    private MethodSpec run() {
        String inputs = ports.inputs().size() == 1 ? "input" : "inputs";
        return MethodSpec.methodBuilder("run")
                .addModifiers(Modifier.PUBLIC)
                .addParameter(TypeName.INT, "n")
                .addJavadoc("Runs the first {@code n} images of the $L.\n\n", inputs)
                .addJavadoc("@param n number of images, at most {@link $T#MAX_BATCH}\n", network)
                .addJavadoc("@throws dev.octet.plan.diag.OctetException if {@code n} is out of range,\n"
                        + "    if the device fails, or if this session or its network is closed\n")
                .addStatement("session.run(n)")
                .build();
    }

    private static MethodSpec close() {
        return MethodSpec.methodBuilder("close")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Frees the session's memory on the device.")
                .addStatement("session.close()")
                .build();
    }
}
