/** Where messages go: failures, the lines that they belong to, and the trees that stand there. */
package dev.octet.processor.report;
