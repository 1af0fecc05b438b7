/** Draws directed graphs in layers: where their nodes lie, and by which points their edges go. */
package dev.octet.tools.report.layout;
