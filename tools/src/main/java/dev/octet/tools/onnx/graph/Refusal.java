package dev.octet.tools.onnx.graph;

/** A node that cannot be imported, and why. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
        super(reason);
    }
}
