/** From an ONNX file to a definition and its weights: the importer's entrance, its options and its diagnostics. */
package dev.octet.tools.onnx;
