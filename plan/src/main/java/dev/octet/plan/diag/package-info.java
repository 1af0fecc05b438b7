/** Diagnostic codes of everything behind the definition language, and the exception that carries one. */
package dev.octet.plan.diag;
