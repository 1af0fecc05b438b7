package dev.octet.simulated;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.Devices;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/** An application that runs the small network on each device that it is told, and prints a result or an error. */
final class OpenByName {
    private OpenByName() {}

    public static void main(String[] names) {
        for (String name : names) {
            System.out.println(name + ": " + open(name));
        }
    }

    private static UnaryOperator<String> kernels(String device) {
        return device.equals("simulated:sm_90a") ? TinyNetwork::waiting : ptx -> ptx;
    }

    private static String open(String name) {
        float[] results = new float[TinyNetwork.PIXELS];
        try (Device device = Devices.probe().open(name)) {
            if (device.info().name().startsWith("simulated")) {
                try (DeviceNetwork network = device.load(TinyNetwork.image(kernels(name)));
                        DeviceSession session = network.newSession(new SessionRequest(1, false))) {
                    byte[] image = {1, 1, 1, 1, 1, 1};
                    session.run(1, List.of(ByteBuffer.wrap(image)), List.of(FloatBuffer.wrap(results)));
                }
            }
            return device.info().name() + " " + results[5];
        } catch (OctetException e) {
            return e.getMessage();
        }
    }
}
