/** The passes from a traced graph to a laid-out one: one class per rewriting, each a pure function of a graph. */
package dev.octet.compiler.pass;
