package dev.octet.runtime;

/**
 * Events of the JDK's Flight Recorder, of what succeeds. A Java run time image without the module {@code jdk.jfr} has none of
 * them: {@link JfrEvent} alone mentions its classes, and is loaded only where the module is there.
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
        return PRESENT ? JfrEvent.load(network) : NOTHING;
    }

    /** A run of images, with the wait for a session. */
    static Running run(String network) {
        return PRESENT ? JfrEvent.run(network) : NOTHING;
    }

    /** Measuring the ranges of values. */
    static Running calibration(String network) {
        return PRESENT ? JfrEvent.calibration(network) : NOTHING;
    }
}
