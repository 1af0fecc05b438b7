/** The compile report: what the compiler made of a network, as one HTML file that needs nothing else. */
package dev.octet.tools.report;
