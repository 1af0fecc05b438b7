/** Corrections of the weights of a network before they are quantised, and their file. */
package dev.octet.plan.correct;
