package dev.octet.runtime;

/** Arithmetic of a network. */
public enum Precision {
    /** The quantised graph: 8-bit weights and activations. */
    INT8,
    /** The float graph, for comparison; needs the float weights. */
    FP32
}
