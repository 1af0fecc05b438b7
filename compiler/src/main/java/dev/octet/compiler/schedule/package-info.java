/** Schedules: how a kernel divides its work among blocks and threads. */
package dev.octet.compiler.schedule;
