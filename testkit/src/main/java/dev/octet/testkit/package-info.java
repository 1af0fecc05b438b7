/** Helpers for the tests of the other modules. */
package dev.octet.testkit;
