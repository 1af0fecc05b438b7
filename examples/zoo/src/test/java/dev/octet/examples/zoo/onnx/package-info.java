/** Another opinion on float results: networks as ONNX models, run by ONNX Runtime. */
package dev.octet.examples.zoo.onnx;
