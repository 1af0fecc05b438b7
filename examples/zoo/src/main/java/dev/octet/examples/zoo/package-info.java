/** Definitions of well-known networks. */
package dev.octet.examples.zoo;
