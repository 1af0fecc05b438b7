package dev.octet.dsl;

/**
 * A network, written as a method that calls operators. The compiler runs it, with a public or package-private
 * constructor without parameters, while {@code javac} runs; loops, helper methods and libraries work as in any Java.
 *
 * <p>A definition is deterministic: it reads no files, clock, network or random numbers, and starts no threads. It is run
 * twice and the recordings are compared. It must not call {@link System#exit}, which would end the build.
 */
@FunctionalInterface
public interface NetworkDefinition {
    /**
     * Reads the inputs, calls operators and declares every output.
     *
     * @param net the network that records the calls; valid only during this call
     */
    void define(Net net);
}
