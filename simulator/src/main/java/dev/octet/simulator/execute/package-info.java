/** Runs decoded programs: warps with divergence, blocks with shared memory and barriers, grids, and checked memory. */
package dev.octet.simulator.execute;
