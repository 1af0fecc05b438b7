package dev.octet.dsl;

/** Meaning of an image's channels. */
public enum ChannelOrder {
    /** One channel of brightness. */
    GRAY,
    /** Red, green, blue. */
    RGB,
    /** Blue, green, red. */
    BGR
}
