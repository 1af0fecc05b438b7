/** Weights, calibration and evaluation of compiled networks. */
package dev.octet.tools;
