package dev.octet.tools.profile;

import dev.octet.plan.Target;
import dev.octet.runtime.SessionProfile;
import java.util.Locale;

/** Writes the file of measured times that {@code octet:report} shows; {@code docs/building.md} has the format. */
public final class ProfileFile {
    /** First line. */
    public static final String TITLE = "octet-profile 1.1";

    /** First line of the files before, which have no line {@code run}. */
    public static final String OLD_TITLE = "octet-profile 1.0";

    /** Stands in place of a GPU family where the CPU device was measured. */
    public static final String CPU = "cpu";

    private ProfileFile() {}

    /** The file's text. Times are in microseconds, each by the name of the last value that the step makes. */
    public static String text(SessionProfile profile) {
        StringBuilder text = new StringBuilder(TITLE + "\n");
        line(text, "network", profile.network());
        line(text, "target", profile.target().map(Target::text).orElse(CPU));
        line(text, "batch", String.valueOf(profile.batch()));
        line(text, "device", profile.device() + ", " + profile.description());
        line(text, "run", micros(profile.runMicros()));
        text.append("# Medians of ").append(profile.runs()).append(" runs.\n");
        profile.steps().forEach(step -> line(text, step.value(), micros(step.micros())));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private static String micros(double micros) {
        return String.format(Locale.ROOT, "%.3f", micros);
    }
}
