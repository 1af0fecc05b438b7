/** From a file of float weights to the bytes that kernels read: read, fold, quantise, store, pack. */
package dev.octet.plan.weights;
