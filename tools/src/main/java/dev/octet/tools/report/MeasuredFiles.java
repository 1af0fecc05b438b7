package dev.octet.tools.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Files of what was measured of a network, each of them optional.
 *
 * @param histograms what calibration saw of each value, as {@code octet:calibrate} keeps it
 * @param evaluation accuracy and noise, as {@code octet:evaluate} writes it
 * @param profiles times of the steps, each of a device of its own
 */
public record MeasuredFiles(Optional<Path> histograms, Optional<Path> evaluation, List<Path> profiles) {
    public MeasuredFiles {
        Objects.requireNonNull(histograms);
        Objects.requireNonNull(evaluation);
        profiles = List.copyOf(profiles);
    }

    /** Files of what was measured, with times of one device at most. */
    public MeasuredFiles(Optional<Path> histograms, Optional<Path> evaluation, Optional<Path> profile) {
        this(histograms, evaluation, profile.stream().toList());
    }

    /** Nothing was measured. */
    public static MeasuredFiles none() {
        return new MeasuredFiles(Optional.empty(), Optional.empty(), List.of());
    }
}
