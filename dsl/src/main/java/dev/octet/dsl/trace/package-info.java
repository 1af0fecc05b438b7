/** What the recorder hands to the compiler: the operators of a definition in the order in which it called them. */
package dev.octet.dsl.trace;
