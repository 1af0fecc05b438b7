/** Running a definition inside javac: the nested compilation, its classes, and the limits of the run. */
package dev.octet.processor.host;
