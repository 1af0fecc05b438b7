package org.example;

/** What the definition uses. */
final class Padding {
    private Padding() {}

    static int of() {
        return 2;
    }
}
