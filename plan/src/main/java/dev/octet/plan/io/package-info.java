/** Hashes of content, and files that other processes may read while they are written. */
package dev.octet.plan.io;
