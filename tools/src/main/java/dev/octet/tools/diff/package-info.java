/** What changed between two builds: kernels, plans, calibration tables and weights. */
package dev.octet.tools.diff;
