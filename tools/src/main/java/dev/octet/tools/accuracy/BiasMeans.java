package dev.octet.tools.accuracy;

import java.util.Locale;

/** Where the means come from that biases are corrected by. */
public enum BiasMeans {
    /** Biases stay as they are. */
    NONE,
    /** From batch normalisations: no images, and no correction where the network has none before a layer. */
    ANALYTIC,
    /** From images. */
    EMPIRICAL;

    /** Name in options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
