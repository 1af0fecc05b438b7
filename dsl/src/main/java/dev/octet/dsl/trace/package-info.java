/** The recorder: runs a definition and hands its operators, in call order, to the compiler. */
package dev.octet.dsl.trace;
