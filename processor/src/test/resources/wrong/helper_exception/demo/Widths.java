package demo;

final class Widths {
    private static final int[] WIDTHS = {4, 8};

    static int of(int stage) {
        return WIDTHS[stage]; // error
    }
}
