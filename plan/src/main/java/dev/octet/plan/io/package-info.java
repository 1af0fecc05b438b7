/** Hashes of content, files that other processes may read while they are written, what foreign files are, and the platform. */
package dev.octet.plan.io;
