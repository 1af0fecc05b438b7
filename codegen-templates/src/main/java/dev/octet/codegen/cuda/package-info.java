/** CUDA sources of scheduled kernels: one variables record and one template per kernel family. */
package dev.octet.codegen.cuda;
