package dev.octet.simulator.ptx;

/**
 * A piece of PTX text.
 *
 * @param kind what it is
 * @param text its characters; of a string, those between the quotes
 * @param line line, from 1
 */
record Token(Kind kind, String text, int line) {
    /** Kinds of tokens. */
    enum Kind {
        /** A name, directive, register or mnemonic with its modifiers. */
        WORD,
        /** A number. */
        NUMBER,
        /** A quoted text. */
        STRING,
        /** One other character. */
        SYMBOL,
        /** The end of the text. */
        END
    }

    boolean is(String symbol) {
        return kind != Kind.STRING && text.equals(symbol);
    }
}
