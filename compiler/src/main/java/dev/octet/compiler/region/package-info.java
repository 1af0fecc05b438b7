/** Partition of the laid-out graph into regions, each of which one kernel computes. */
package dev.octet.compiler.region;
