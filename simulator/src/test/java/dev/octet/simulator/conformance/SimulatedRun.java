package dev.octet.simulator.conformance;

import dev.octet.simulator.SimulatedModule;
import dev.octet.simulator.Simulator;
import dev.octet.simulator.SimulatorOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs programs in the simulator. */
final class SimulatedRun {
    private static final SimulatorOptions OPTIONS = new SimulatorOptions(1, 1_000_000, 1 << 20);

    private SimulatedRun() {}

    /** A program's output. */
    static byte[] of(Program program) {
        try (Simulator simulator = new Simulator(OPTIONS)) {
            long in = simulator.memory().allocate(program.input().length);
            long out = simulator.memory().allocate(program.outputBytes());
            simulator.memory().upload(in, program.input());
            simulator.memory().protect(in);
            byte[] parameters = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(in)
                    .putLong(out)
                    .array();
            Program.Extents extents = program.extents();
            simulator.launch(
                    SimulatedModule.load(program.ptx()).entry("k"),
                    extents.gridX(),
                    extents.gridY(),
                    extents.threads(),
                    extents.sharedBytes(),
                    parameters);
            return simulator.memory().download(out, program.outputBytes());
        }
    }
}
