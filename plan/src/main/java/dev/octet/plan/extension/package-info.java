/** Operators that are not part of Octet: what a jar beside it says of their shapes and numbers. */
package dev.octet.plan.extension;
