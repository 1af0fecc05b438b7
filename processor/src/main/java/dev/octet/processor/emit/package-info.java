/** What is written: the typed class, the plan, the kernels and the dumps. */
package dev.octet.processor.emit;
