/** Measures all schedules of the kernels of a network on a GPU, and keeps their times for the compiler. */
package dev.octet.tools.tune;
