/** Writes new projects, which build as they are. */
package dev.octet.tools.init;
