/** From regions to a launch program: kernels with their arguments, in order, checked as a whole. */
package dev.octet.compiler.launch;
