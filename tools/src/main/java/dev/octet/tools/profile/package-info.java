/** Measured times of a network's steps as files for other programs. */
package dev.octet.tools.profile;
