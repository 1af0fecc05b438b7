/** Networks, sessions and options: what an application calls to run a compiled network. */
package dev.octet.runtime;
