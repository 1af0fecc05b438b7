/** What the compiler writes and the runtime reads: the plan of one network, its ports and its targets. */
package dev.octet.plan;
