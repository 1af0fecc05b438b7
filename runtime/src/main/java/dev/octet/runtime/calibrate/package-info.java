/** How calibrated ranges are chosen from the activations of example images. */
package dev.octet.runtime.calibrate;
