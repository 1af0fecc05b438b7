/** Measures what the simulator and the trials find: small mistakes are put into the kernels of the catalogue. */
package dev.octet.simulator.mutants;
