/** Small programs that the simulator and a GPU must execute alike, to the bit. */
package dev.octet.simulator.conformance;
