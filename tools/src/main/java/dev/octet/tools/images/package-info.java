/** Images and their classes from folders, archives and arrays, as a network takes them. */
package dev.octet.tools.images;
