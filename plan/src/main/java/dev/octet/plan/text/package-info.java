/** The readable text forms of graphs and plans: one printer and one parser for each part, and a canonical form. */
package dev.octet.plan.text;
