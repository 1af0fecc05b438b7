/** Kernels of operators that are not part of Octet. */
package dev.octet.compiler.extension;
