package dev.octet.runtime;

import java.util.Objects;

/**
 * Which compiled network to open, and where its resources are.
 *
 * @param network binary name of the definition
 * @param anchor a class next to the resources, usually the generated one: its class loader finds them
 * @param planHash SHA-256 of the plan that the generated class was made with; empty to accept any
 */
public record NetworkSpec(String network, Class<?> anchor, String planHash) {
    public NetworkSpec {
        Objects.requireNonNull(network);
        Objects.requireNonNull(anchor);
        if (!planHash.matches("([0-9a-f]{64})?")) {
            throw new IllegalArgumentException("not a SHA-256: " + planHash);
        }
    }

    /** A network whose plan is not pinned. */
    public static NetworkSpec of(String network, Class<?> anchor) {
        return new NetworkSpec(network, anchor, "");
    }
}
