/** The CUDA driver as this module sees it, its binding through JCuda, and the loading of native libraries. */
package dev.octet.cuda.internal;
