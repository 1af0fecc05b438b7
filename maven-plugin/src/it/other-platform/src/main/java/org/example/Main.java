package org.example;

import dev.octet.runtime.Devices;

/** Prints the devices, and why others are missing. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Devices devices = Devices.probe();
        System.out.println("devices: " + devices.list().get(0).name() + ", " + devices.missing());
    }
}
