/** Writes calibrated networks as ONNX files of quantised and float operators, for other runtimes. */
package dev.octet.tools.export;
