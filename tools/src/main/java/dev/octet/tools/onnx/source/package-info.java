/** Writes a network as a definition that people read: blocks that repeat become methods, and loops where they follow each other. */
package dev.octet.tools.onnx.source;
