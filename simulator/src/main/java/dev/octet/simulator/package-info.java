/** Executes the PTX of kernels on the host, to the bit and strictly: what a GPU leaves undefined is an error. */
package dev.octet.simulator;
