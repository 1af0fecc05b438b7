/** The annotation processor: traces network definitions and emits typed classes, plans and kernels. */
package dev.octet.processor;
