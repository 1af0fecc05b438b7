/** The arithmetic contract's constants: scales from ranges, multipliers from scales, each rounded once. */
package dev.octet.plan.quant;
