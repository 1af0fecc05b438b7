/** Calibration tables: the measured ranges of a network's values, as a readable file. */
package dev.octet.plan.table;
