/** The CUDA device. */
package dev.octet.cuda;
