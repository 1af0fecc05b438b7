/** The command line {@code octet}: each command is a thin class over one of the tools. */
package dev.octet.tools.cli;
