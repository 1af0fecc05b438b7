/** Rules that a graph obeys at each stage, and a finished launch program at the end: one class per rule. */
package dev.octet.compiler.verify;
