/** Writes HTML in which nothing that comes from outside can be markup. */
package dev.octet.tools.report.html;
