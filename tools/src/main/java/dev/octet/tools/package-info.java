/** Import, export, calibration, evaluation, tuning and reports. */
package dev.octet.tools;
