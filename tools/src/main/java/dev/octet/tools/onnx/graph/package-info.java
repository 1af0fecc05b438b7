/** From the nodes of an ONNX model to calls of the definition language: translation, rules that recognise what exporters take apart, and names. */
package dev.octet.tools.onnx.graph;
