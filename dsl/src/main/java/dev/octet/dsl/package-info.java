/** What users write: network definitions, their annotation, and the tensors that record operators. */
package dev.octet.dsl;
