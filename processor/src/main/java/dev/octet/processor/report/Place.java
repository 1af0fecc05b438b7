package dev.octet.processor.report;

import com.sun.source.tree.CompilationUnitTree;
import java.util.Objects;
import java.util.Optional;

/**
 * A line of a source of this compilation.
 *
 * @param unit the source
 * @param line 1-based line
 * @param callee simple name of the method that is called there, if known; a line may have several calls
 */
public record Place(CompilationUnitTree unit, long line, Optional<String> callee) {
    public Place {
        Objects.requireNonNull(unit);
        Objects.requireNonNull(callee);
    }
}
