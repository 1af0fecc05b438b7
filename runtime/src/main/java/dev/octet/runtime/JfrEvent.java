package dev.octet.runtime;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What the events of {@link FlightEvent} have in common. */
@Category("Octet")
@StackTrace(false)
abstract class JfrEvent extends Event {
    @Label("Network")
    String network;

    @Label("Device")
    String device;

    @Label("Images")
    @Description("Images of a run, of the largest batch, or of a calibration")
    int images;

    static FlightEvent.Running load(String network) {
        return begin(new Load(), network);
    }

    static FlightEvent.Running run(String network) {
        return begin(new Run(), network);
    }

    static FlightEvent.Running calibration(String network) {
        return begin(new Calibration(), network);
    }

    private static FlightEvent.Running begin(JfrEvent event, String network) {
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

    @Name("dev.octet.Load")
    @Label("Network Load")
    @Description("Reading, quantising if needed, and loading a network on a device")
    private static final class Load extends JfrEvent {}

    @Name("dev.octet.Run")
    @Label("Network Run")
    @Description("Running images through a network, with the wait for a session")
    private static final class Run extends JfrEvent {}

    @Name("dev.octet.Calibration")
    @Label("Calibration")
    @Description("Measuring the ranges of a network's values on images")
    private static final class Calibration extends JfrEvent {}
}
