/** The CUDA device: loads a network's PTX and weights onto an NVIDIA GPU and runs its launch programs. */
package dev.octet.cuda;
