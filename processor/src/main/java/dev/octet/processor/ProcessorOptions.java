package dev.octet.processor;

import dev.octet.plan.diag.OctetException;
import dev.octet.toolchain.ToolchainOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Options of the processor, given to javac as {@code -A<name>=<value>}.
 *
 * @param dir {@code octet.dir}: folder of the weights files
 * @param dump {@code octet.dump}: name of the pass after which the graph is written down, or {@code all}
 * @param timeout {@code octet.timeout}: seconds that a definition may take, 10 unless given
 * @param floats {@code octet.floats}: whether networks get float programs, by which GPUs calibrate them
 * @param tuning {@code octet.tuning}: file of times of kernels, by which schedules are chosen
 * @param ptx {@code octet.ptx}: whether kernels are compiled to PTX within javac, by the tools that
 *     {@link ToolchainOptions#SETTINGS} name
 */
record ProcessorOptions(
        Optional<Path> dir,
        Optional<String> dump,
        Duration timeout,
        boolean floats,
        Optional<Path> tuning,
        Optional<ToolchainOptions> ptx) {
    static final String DIR = "octet.dir";
    static final String DUMP = "octet.dump";
    static final String TIMEOUT = "octet.timeout";
    static final String FLOATS = "octet.floats";
    static final String TUNING = "octet.tuning";
    static final String PTX = "octet.ptx";

    /** Options that the tools take; they may also be system properties, as everywhere. */
    private static final Set<String> TOOLS = ToolchainOptions.SETTINGS;

    /** All names, in order. */
    static final Set<String> NAMES = names();

    private static final String PREFIX = "octet.";

    /** Reads javac's options; those of other processors are not looked at. */
    static ProcessorOptions parse(Map<String, String> options) {
        new TreeMap<>(options)
                .keySet().stream()
                        .filter(name -> name.startsWith(PREFIX) && !NAMES.contains(name))
                        .findFirst()
                        .ifPresent(name -> {
                            throw new OctetException(HostCode.UNKNOWN_OPTION, name, String.join(", ", NAMES), name);
                        });
        return new ProcessorOptions(
                value(options, DIR, "a folder").map(value -> path(DIR, value, "a folder")),
                value(options, DUMP, "the name of a pass, or all"),
                value(options, TIMEOUT, "seconds")
                        .map(ProcessorOptions::seconds)
                        .orElse(Duration.ofSeconds(10)),
                isTrue(options, FLOATS),
                value(options, TUNING, "a file").map(value -> path(TUNING, value, "a file")),
                Optional.of(PTX).filter(name -> isTrue(options, name)).map(yes -> tools(options)));
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(DIR, DUMP, TIMEOUT, FLOATS, TUNING, PTX));
        names.addAll(TOOLS);
        return Collections.unmodifiableSet(names);
    }

    private static boolean isTrue(Map<String, String> options, String name) {
        String value = value(options, name, "true or false").orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw wrong(name, value, "true or false");
        }
        return value.equals("true");
    }

    private static ToolchainOptions tools(Map<String, String> options) {
        return ToolchainOptions.of(
                name -> TOOLS.contains(name)
                        ? Optional.ofNullable(options.getOrDefault(name, System.getProperty(name)))
                        : Optional.empty(),
                System.getenv());
    }

    private static Optional<String> value(Map<String, String> options, String name, String takes) {
        if (!options.containsKey(name)) {
            return Optional.empty();
        }
        String value = options.get(name);
        if (value == null || value.isBlank()) {
            throw wrong(name, "", takes);
        }
        return Optional.of(value);
    }

    private static Path path(String name, String value, String takes) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw wrong(name, value, takes);
        }
    }

    private static Duration seconds(String value) {
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw wrong(TIMEOUT, value, "whole seconds from 1 to 9999");
        }
        return Duration.ofSeconds(Integer.parseInt(value));
    }

    static OctetException wrong(String name, String value, String takes) {
        return new OctetException(HostCode.OPTION_VALUE, name, value, takes, name);
    }
}
