/** Where a network loses accuracy in INT8, and how much of it comes back. */
package dev.octet.tools.accuracy;
