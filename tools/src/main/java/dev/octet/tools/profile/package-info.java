/** Measures a network's steps, and writes their times as files for other programs. */
package dev.octet.tools.profile;
