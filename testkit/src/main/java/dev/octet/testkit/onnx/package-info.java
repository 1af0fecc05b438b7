/** Reads and writes the part of ONNX files that tests need. */
package dev.octet.testkit.onnx;
