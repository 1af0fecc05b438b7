/**
 * The oracle against ONNX: the conformance cases of quantised operators, and random ones through ONNX Runtime.
 */
package dev.octet.compiler.onnx;
