/** CUDA compilers behind one interface, PTX post-processing and the kernel cache. */
package dev.octet.toolchain;
