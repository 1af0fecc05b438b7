package dev.octet.dsl;

/** Version of the definition language. The annotation processor refuses definitions compiled against another one. */
public final class DslVersion {
    /** The release that these classes belong to; a compile-time constant, so that it can be read without loading. */
    public static final String CURRENT = "0.1.0";

    private DslVersion() {}
}
