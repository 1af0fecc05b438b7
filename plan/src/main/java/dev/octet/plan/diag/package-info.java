/** Diagnostic codes of everything behind the definition language, the exception that carries one, and the names that a user may have meant. */
package dev.octet.plan.diag;
