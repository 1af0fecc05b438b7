/** The CPU device: runs the graphs of a plan in plain Java, bit for bit as the arithmetic contract says. */
package dev.octet.runtime.cpu;
