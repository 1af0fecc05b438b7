/** PTX as text: tokens, a parser, and the records that it makes, with names unresolved. */
package dev.octet.simulator.ptx;
