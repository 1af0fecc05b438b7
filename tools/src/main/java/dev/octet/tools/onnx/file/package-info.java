/** Reads ONNX files, within bounds of memory and time that hold for any bytes. */
package dev.octet.tools.onnx.file;
