package dev.octet.benchmarks;

import dev.octet.tools.JsonText;
import dev.octet.tools.tune.Times;
import java.util.Locale;

/** Builds a JSON object. */
final class JsonLine {
    private final StringBuilder json = new StringBuilder("{");

    JsonLine text(String name, String value) {
        return member(name, JsonText.quoted(value));
    }

    JsonLine number(String name, long value) {
        return member(name, Long.toString(value));
    }

    JsonLine number(String name, double value) {
        return member(name, String.format(Locale.ROOT, "%.3f", value));
    }

    JsonLine times(Times times) {
        return number("us", times.median())
                .number("low_us", times.low())
                .number("high_us", times.high())
                .number("count", times.count());
    }

    private JsonLine member(String name, String value) {
        json.append(json.length() == 1 ? "" : ", ")
                .append(JsonText.quoted(name))
                .append(": ")
                .append(value);
        return this;
    }

    String end() {
        return json.append('}').toString();
    }
}
