/** Devices {@code simulated:<target>}: the CUDA device's own code on a driver that executes PTX in the simulator. */
package dev.octet.simulated;
