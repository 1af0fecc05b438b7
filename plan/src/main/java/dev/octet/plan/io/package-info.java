/** Hashes of content, files that other processes may read while they are written, and what foreign files are. */
package dev.octet.plan.io;
