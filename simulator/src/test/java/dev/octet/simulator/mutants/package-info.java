/** Measures what the simulator and the trials find: thousands of small mistakes can be put into the catalogue's kernels. */
package dev.octet.simulator.mutants;
