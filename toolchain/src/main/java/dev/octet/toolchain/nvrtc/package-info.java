/** The forked program that runs NVRTC and nvJitLink, and what it is told and answers. */
package dev.octet.toolchain.nvrtc;
