/** The weights file at compile time: where it is, and whether it has the tensors that the definition implies. */
package dev.octet.processor.weights;
