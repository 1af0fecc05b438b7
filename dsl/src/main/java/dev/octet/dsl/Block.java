package dev.octet.dsl;

/** A part of a network that is used more than once, under a name of its own each time. */
@FunctionalInterface
public interface Block {
    /** Calls operators on {@code x} and returns the last value. */
    Tensor apply(Tensor x);
}
