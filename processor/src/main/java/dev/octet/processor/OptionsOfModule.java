package dev.octet.processor;

import dev.octet.plan.diag.OctetException;
import dev.octet.processor.report.Reporter;
import java.util.Map;
import java.util.Optional;

/** The options of a compilation. What is wrong with them is reported when they are first needed, and once. */
final class OptionsOfModule {
    private final Map<String, String> given;
    private final Reporter reporter;
    private Optional<ProcessorOptions> options = Optional.empty();
    private boolean parsed;

    OptionsOfModule(Map<String, String> given, Reporter reporter) {
        this.given = given;
        this.reporter = reporter;
    }

    /** The options; empty if they are wrong. */
    Optional<ProcessorOptions> get() {
        if (!parsed) {
            parsed = true;
            options = parse();
        }
        return options;
    }

    private Optional<ProcessorOptions> parse() {
        try {
            return Optional.of(ProcessorOptions.parse(given));
        } catch (OctetException e) {
            reporter.error(e.getMessage());
            return Optional.empty();
        }
    }
}
