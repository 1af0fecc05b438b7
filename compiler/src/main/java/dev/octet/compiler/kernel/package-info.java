/** Kernel specifications: what a kernel computes, without weights, scales or schedule. */
package dev.octet.compiler.kernel;
