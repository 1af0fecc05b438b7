/** Text from templates: a template holds the text, a record of typed variables what goes into it. */
package dev.octet.codegen;
