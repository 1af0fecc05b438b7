/** Java source of the typed class that an application uses to run its network. */
package dev.octet.codegen.java;
