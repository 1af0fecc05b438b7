package dev.octet.codegen.java;

import dev.octet.plan.Port;
import java.util.Objects;
import javax.lang.model.SourceVersion;

/**
 * What a typed class is made from: the contract of a network with one image input and one output.
 *
 * @param packageName package of the definition and of the class; empty for the unnamed package
 * @param definition binary name of the definition
 * @param className simple name of the class to write
 * @param input the input
 * @param output the output
 * @param maxBatch most images in one run
 * @param planHash SHA-256 of the plan that the class is to accept; empty to accept any
 */
public record TypedClass(
        String packageName,
        String definition,
        String className,
        Port input,
        Port output,
        int maxBatch,
        String planHash) {
    public TypedClass {
        Objects.requireNonNull(output);
        require(packageName.isEmpty() || SourceVersion.isName(packageName), "not a package name: " + packageName);
        require(SourceVersion.isName(definition), "not a binary name: " + definition);
        require(SourceVersion.isName(className) && !className.contains("."), "not a class name: " + className);
        require(
                !className.equals(TypedClassWriter.SESSION),
                "a class cannot have a nested class of its own name: " + className);
        require(input.image().isPresent(), "applications pass images, and " + input.name() + " is not one");
        require(maxBatch > 0, "maxBatch is positive: " + maxBatch);
        require(planHash.matches("([0-9a-f]{64})?"), "not a SHA-256: " + planHash);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
