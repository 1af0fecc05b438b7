package dev.octet.codegen.java;

import dev.octet.plan.Port;
import java.util.List;
import javax.lang.model.SourceVersion;

/**
 * What a typed class is made from: the contract of a network.
 *
 * @param packageName package of the definition and of the class; empty for the unnamed package
 * @param definition binary name of the definition
 * @param className simple name of the class to write
 * @param inputs the inputs, at least one: images, and floats where there is no image format
 * @param outputs the outputs, at least one
 * @param maxBatch most images in one run
 * @param planHash SHA-256 of the plan that the class is to accept; empty to accept any
 */
public record TypedClass(
        String packageName,
        String definition,
        String className,
        List<Port> inputs,
        List<Port> outputs,
        int maxBatch,
        String planHash) {
    public TypedClass {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        require(packageName.isEmpty() || SourceVersion.isName(packageName), "not a package name: " + packageName);
        require(SourceVersion.isName(definition), "not a binary name: " + definition);
        require(SourceVersion.isName(className) && !className.contains("."), "not a class name: " + className);
        require(
                !className.equals(TypedClassWriter.SESSION) && !className.equals(TypedClassWriter.OUTPUTS),
                "a class cannot have a nested class of its own name: " + className);
        require(!inputs.isEmpty() && !outputs.isEmpty(), "a network has inputs and outputs: " + definition);
        require(maxBatch > 0, "maxBatch is positive: " + maxBatch);
        require(planHash.matches("([0-9a-f]{64})?"), "not a SHA-256: " + planHash);
    }

    /** Whether one image goes in and one result comes out, so that the class can be plain about both. */
    boolean isPlain() {
        return inputs.size() == 1
                && outputs.size() == 1
                && inputs.get(0).image().isPresent();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
