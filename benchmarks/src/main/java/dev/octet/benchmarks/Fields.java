package dev.octet.benchmarks;

import dev.octet.tools.report.Json;
import dev.octet.tools.tune.Times;
import java.util.Map;

/** The members of a JSON object; every mistake throws {@link IllegalArgumentException} that names the member. */
record Fields(Map<?, ?> members) {
    /** Reads an object. */
    static Fields read(String json) {
        if (Json.read(json) instanceof Map<?, ?> members) {
            return new Fields(members);
        }
        throw new IllegalArgumentException("expected an object");
    }

    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + name + "' is no text: " + members.get(name));
    }

    double number(String name) {
        if (members.get(name) instanceof Double number) {
            return number;
        }
        throw new IllegalArgumentException("'" + name + "' is no number: " + members.get(name));
    }

    long integer(String name) {
        double number = number(name);
        if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
            throw new IllegalArgumentException("'" + name + "' is no integer: " + number);
        }
        return (long) number;
    }

    int count(String name) {
        return Math.toIntExact(integer(name));
    }

    Times times() {
        return new Times(number("us"), number("low_us"), number("high_us"), count("count"));
    }
}
