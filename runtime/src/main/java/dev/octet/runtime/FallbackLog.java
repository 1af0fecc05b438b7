package dev.octet.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the application's log when {@link Devices#BEST} stands for less than it could: at level {@code INFO} of the
 * {@link System.Logger} that is named like this package. Each sentence is logged once, however many networks are opened;
 * where Octet is loaded by several class loaders, once in each.
 */
final class FallbackLog {
    /** Name of the logger, by which an application sets its level. */
    static final String LOGGER = "dev.octet.runtime";

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private FallbackLog() {}

    /** Logs a sentence unless it has been logged before. */
    static void say(String sentence) {
        if (SAID.add(sentence)) {
            System.getLogger(LOGGER).log(System.Logger.Level.INFO, sentence);
        }
    }
}
