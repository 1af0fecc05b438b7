/** Times of networks on a GPU: ours in INT8 and in FP32, beside those of peers on the same device. */
package dev.octet.benchmarks;
