/** What the readers of text files share. */
package dev.octet.plan.internal;
