/** An operator that Octet does not have, added from outside: the absolute difference of two values. */
package dev.octet.examples.operator;
