package dev.octet.tools.profile;

import dev.octet.runtime.SessionProfile;
import dev.octet.tools.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a profile as a trace that Perfetto and {@code chrome://tracing} show, in the JSON of Google's "Trace Event Format":
 * one complete event for each step, with its median time, one after the other. Gaps between steps are not measured, so
 * that there are none.
 */
public final class ChromeTrace {
    private ChromeTrace() {}

    /** The file's text. */
    public static String json(SessionProfile profile) {
        List<String> events = new ArrayList<>();
        events.add(name("process_name", profile.network() + ", batch " + profile.batch()));
        events.add(name("thread_name", profile.device() + ", " + profile.description()));
        double start = 0;
        for (SessionProfile.Step step : profile.steps()) {
            events.add(event(step, start));
            start += step.micros();
        }
        return "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"runs\":" + profile.runs() + ",\"runMicros\":"
                + number(profile.runMicros()) + "},\"traceEvents\":[\n" + String.join(",\n", events) + "\n]}\n";
    }

    private static String name(String what, String name) {
        return "{\"name\":\"" + what + "\",\"ph\":\"M\",\"pid\":1,\"tid\":1,\"args\":{\"name\":" + JsonText.quoted(name)
                + "}}";
    }

    private static String event(SessionProfile.Step step, double start) {
        StringBuilder event = new StringBuilder("{\"name\":").append(JsonText.quoted(step.value()));
        event.append(",\"cat\":").append(JsonText.quoted(step.operator()));
        event.append(",\"ph\":\"X\",\"pid\":1,\"tid\":1,\"ts\":").append(number(start));
        event.append(",\"dur\":").append(number(step.micros()));
        event.append(",\"args\":{\"step\":").append(step.number());
        step.layer().ifPresent(layer -> event.append(",\"layer\":").append(JsonText.quoted(layer)));
        step.kernel().ifPresent(kernel -> event.append(",\"kernel\":").append(JsonText.quoted(kernel)));
        event.append(",\"bytes\":").append(step.bytes()).append(",\"macs\":").append(step.macs());
        return event.append("}}").toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
