package dev.octet.runtime;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Events of the JDK's Flight Recorder, of what succeeds. A Java run time image without the module {@code jdk.jfr} has none
 * of them: nothing here is loaded before the module is known to be there.
 */
final class FlightEvent {
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    private static final Running NOTHING = (device, images) -> {};

    private FlightEvent() {}

    /** Something that has begun. */
    @FunctionalInterface
    interface Running {
        /** Ends it, and records it if somebody listens. */
        void end(String device, int images);
    }

    /** Opening a network. */
    static Running load(String network) {
        return PRESENT ? begin(new Load(), network) : NOTHING;
    }

    /** A run of images, with the wait for a session. */
    static Running run(String network) {
        return PRESENT ? begin(new Run(), network) : NOTHING;
    }

    /** Measuring the ranges of values. */
    static Running calibration(String network) {
        return PRESENT ? begin(new Calibration(), network) : NOTHING;
    }

    private static Running begin(Work event, String network) {
        event.begin();
        return (device, images) -> {
            event.end();
            if (event.shouldCommit()) {
                event.network = network;
                event.device = device;
                event.images = images;
                event.commit();
            }
        };
    }

    /** What the events have in common. */
    @Category("Octet")
    @StackTrace(false)
    abstract static class Work extends Event {
        @Label("Network")
        String network;

        @Label("Device")
        String device;

        @Label("Images")
        @Description("Images of a run, of the largest batch, or of a calibration")
        int images;
    }

    @Name("dev.octet.Load")
    @Label("Network Load")
    @Description("Reading, quantising if needed, and loading a network on a device")
    private static final class Load extends Work {}

    @Name("dev.octet.Run")
    @Label("Network Run")
    @Description("Running images through a network, with the wait for a session")
    private static final class Run extends Work {}

    @Name("dev.octet.Calibration")
    @Label("Calibration")
    @Description("Measuring the ranges of a network's values on images")
    private static final class Calibration extends Work {}
}
