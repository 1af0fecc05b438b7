/** The compiler: pure functions from a traced definition to a plan and the sources of its kernels. */
package dev.octet.compiler;
