package dev.octet.plan.graph;

/** How far a graph has come; each stage has its own rules, which the verifier checks. */
public enum Stage {
    /** As the definition built it: float, batch normalisations separate. */
    TRACED,
    /** Float, batch normalisations folded into constants, no flatten left. The FP32 graph of a plan. */
    FOLDED,
    /** Float, activations and residual additions joined with their producers. */
    FUSED,
    /** Integer element types and calibration keys assigned; quantise and dequantise at the borders. */
    QUANTIZED,
    /** Every value has a memory layout. The quantised graph of a plan. */
    LAID_OUT
}
