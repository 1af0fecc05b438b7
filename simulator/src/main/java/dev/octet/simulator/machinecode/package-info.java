/** Reads the machine code of cubin files, to see which instructions the assembler made of a kernel. */
package dev.octet.simulator.machinecode;
