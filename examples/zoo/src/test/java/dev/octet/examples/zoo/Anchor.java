package dev.octet.examples.zoo;

/** A class that can be loaded beside the resources of a network that a test builds. */
final class Anchor {
    private Anchor() {}
}
