/** Turns parsed PTX into operations on numbered registers, one file for each family of instructions. */
package dev.octet.simulator.decode;
