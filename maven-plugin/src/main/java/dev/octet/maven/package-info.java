/** Maven goals over the tools and the toolchain. */
package dev.octet.maven;
