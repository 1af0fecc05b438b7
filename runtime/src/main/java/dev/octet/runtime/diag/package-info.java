/** Diagnostics of loading, running and calibrating networks. */
package dev.octet.runtime.diag;
