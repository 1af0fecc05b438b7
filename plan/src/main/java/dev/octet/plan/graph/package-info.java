/** The graph intermediate representation: operators as sealed records, in every stage from traced to laid out. */
package dev.octet.plan.graph;
