package dev.octet.tools.report;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Files of what was measured of a network, each of them optional.
 *
 * @param histograms what calibration saw of each value, as {@code octet:calibrate} keeps it
 * @param evaluation accuracy and noise, as {@code octet:evaluate} writes it
 * @param profile times of the launches
 */
public record MeasuredFiles(Optional<Path> histograms, Optional<Path> evaluation, Optional<Path> profile) {
    public MeasuredFiles {
        Objects.requireNonNull(histograms);
        Objects.requireNonNull(evaluation);
        Objects.requireNonNull(profile);
    }

    /** Nothing was measured. */
    public static MeasuredFiles none() {
        return new MeasuredFiles(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
