package dev.octet.plan.graph;

/**
 * Pixels around an image.
 *
 * @param top rows above
 * @param left columns to the left
 * @param bottom rows below
 * @param right columns to the right
 */
public record Border(int top, int left, int bottom, int right) {
    /** No pixels. */
    public static final Border NONE = new Border(0, 0, 0, 0);

    public Border {
        if (top < 0 || left < 0 || bottom < 0 || right < 0) {
            throw new IllegalArgumentException("a border is not negative");
        }
    }
}
