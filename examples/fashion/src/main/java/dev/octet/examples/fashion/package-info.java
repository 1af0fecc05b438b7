/** Fashion-MNIST: a network from its definition to its INT8 accuracy. */
package dev.octet.examples.fashion;
