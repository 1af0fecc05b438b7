package dev.octet.plan.graph;

/**
 * The line of a definition that made a node; for messages, never part of a plan.
 *
 * @param className binary name of the class
 * @param file source file name without path
 * @param line 1-based line
 */
public record SourceLine(String className, String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
