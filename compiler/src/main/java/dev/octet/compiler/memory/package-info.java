/** The memory plan: which values live when, and where they lie in a session's arena. */
package dev.octet.compiler.memory;
