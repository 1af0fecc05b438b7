package dev.octet.tools.report.layout;

/**
 * A point of a drawing, in pixels from the left and from the top.
 *
 * @param x to the right
 * @param y down
 */
public record Point(int x, int y) {}
