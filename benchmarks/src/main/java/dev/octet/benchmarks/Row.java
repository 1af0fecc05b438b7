package dev.octet.benchmarks;

import dev.octet.tools.tune.Times;
import java.util.Locale;

/** A line of a log: something that was measured, or that measurements need. Peers write the same lines. */
sealed interface Row {
    /** The line, without its end. */
    String json();

    /** Where a run starts. */
    enum Start {
        /** With the first layer's operand in device memory; the end is float logits there. */
        OPERAND,
        /** With the caller's bytes in device memory, so that quantising is part of it; the end is the same. */
        IMAGE,
        /** With the caller's bytes in host memory; the end is float logits in host memory. */
        HOST;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Start of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The device and its driver.
     *
     * @param name as the driver says
     * @param description capability, memory, driver
     */
    record DeviceInfo(String name, String description) implements Row {
        @Override
        public String json() {
            return line("device")
                    .text("name", name)
                    .text("description", description)
                    .end();
        }
    }

    /** What {@code nvidia-smi} says of clocks, power and temperature. */
    record Clocks(String when, String text) implements Row {
        @Override
        public String json() {
            return line("clocks").text("when", when).text("text", text).end();
        }
    }

    /** The kernel of a fixed amount of arithmetic. */
    record Control(String when, Times times) implements Row {
        @Override
        public String json() {
            return line("control").text("when", when).times(times).end();
        }
    }

    /**
     * A copy from device memory to device memory.
     *
     * @param bytes read and written together
     */
    record Copy(long bytes, Times times) implements Row {
        @Override
        public String json() {
            return line("copy").number("bytes", bytes).times(times).end();
        }

        /** Bytes a second. */
        double bandwidth() {
            return bytes / times.median() * 1e6;
        }
    }

    /**
     * A run of a network or of a convolution.
     *
     * @param system whose: {@code octet int8} and so on
     * @param network its name
     * @param batch images of a run
     */
    record Run(String system, String network, int batch, Start start, Times times) implements Row {
        @Override
        public String json() {
            return line("run")
                    .text("system", system)
                    .text("network", network)
                    .number("batch", batch)
                    .text("start", start.text())
                    .times(times)
                    .end();
        }
    }

    /**
     * A launch of a kernel within a run of ours.
     *
     * @param network its name
     * @param batch images of a run
     * @param number its place in the run, from 1
     * @param layer layer or value that it computes
     * @param kernel entry point
     * @param target GPU family
     * @param cost what it has to do
     */
    record Launch(
            String network,
            int batch,
            int number,
            String layer,
            String kernel,
            String target,
            StepCost cost,
            Times times)
            implements Row {
        @Override
        public String json() {
            return line("launch")
                    .text("network", network)
                    .number("batch", batch)
                    .number("number", number)
                    .text("layer", layer)
                    .text("kernel", kernel)
                    .text("target", target)
                    .number("bytes", cost.bytes())
                    .number("macs", cost.macs())
                    .times(times)
                    .end();
        }
    }

    /**
     * A time of a peer on another device, which is not measured here.
     *
     * @param system the peer
     * @param device its device
     * @param date when it was measured
     */
    record Recorded(String system, String device, String date, String network, int batch, double micros)
            implements Row {
        @Override
        public String json() {
            return line("recorded")
                    .text("system", system)
                    .text("device", device)
                    .text("date", date)
                    .text("network", network)
                    .number("batch", batch)
                    .number("us", micros)
                    .end();
        }
    }

    /**
     * What integer instructions of a target do at best, which is not measured here.
     *
     * @param target GPU family
     * @param tops operations a second in 10^12, two for each multiplication
     * @param source what was measured, and where
     */
    record Rate(String target, double tops, String source) implements Row {
        @Override
        public String json() {
            return line("rate")
                    .text("target", target)
                    .number("tops", tops)
                    .text("source", source)
                    .end();
        }

        /** Multiplications a second. */
        double macs() {
            return tops * 1e12 / 2;
        }
    }

    private static JsonLine line(String kind) {
        return new JsonLine().text("kind", kind);
    }

    /** Reads a line. Throws {@link IllegalArgumentException} that says what is wrong. */
    static Row read(String json) {
        Fields fields = Fields.read(json);
        String kind = fields.text("kind");
        return switch (kind) {
            case "device" -> new DeviceInfo(fields.text("name"), fields.text("description"));
            case "clocks" -> new Clocks(fields.text("when"), fields.text("text"));
            case "control" -> new Control(fields.text("when"), fields.times());
            case "copy" -> new Copy(fields.integer("bytes"), fields.times());
            case "run" ->
                new Run(
                        fields.text("system"),
                        fields.text("network"),
                        fields.count("batch"),
                        Start.of(fields.text("start")),
                        fields.times());
            case "launch" ->
                new Launch(
                        fields.text("network"),
                        fields.count("batch"),
                        fields.count("number"),
                        fields.text("layer"),
                        fields.text("kernel"),
                        fields.text("target"),
                        new StepCost(fields.integer("bytes"), fields.integer("macs")),
                        fields.times());
            case "recorded" ->
                new Recorded(
                        fields.text("system"),
                        fields.text("device"),
                        fields.text("date"),
                        fields.text("network"),
                        fields.count("batch"),
                        fields.number("us"));
            case "rate" -> new Rate(fields.text("target"), fields.number("tops"), fields.text("source"));
            default -> throw new IllegalArgumentException("unknown kind '" + kind + "'");
        };
    }
}
