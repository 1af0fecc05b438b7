/** The oracle: evaluates a graph of any stage on one image, slowly and plainly, to the bit of the arithmetic contract. */
package dev.octet.compiler.interp;
