/** Calibration tables, precision files and histograms: what is measured of a network, and chosen for it, as readable files. */
package dev.octet.plan.table;
