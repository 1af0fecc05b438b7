package dev.octet.simulator;

import dev.octet.codegen.cuda.KernelTrial;
import dev.octet.plan.launch.Geometry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Launches trials by kernel ABI 1. Operands may only be read; the result holds nothing before. */
public final class TrialLaunch {
    private TrialLaunch() {}

    /** The result of a launch, or what the simulator has to say against it. */
    public static byte[] result(Simulator simulator, SimulatedEntry entry, KernelTrial trial) {
        return result(simulator, entry, trial, trial.expected().length);
    }

    /** The result in a buffer of a number of bytes. */
    static byte[] result(Simulator simulator, SimulatedEntry entry, KernelTrial trial, int resultBytes) {
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < trial.buffers().size(); i++) {
            addresses.add(
                    i == trial.output()
                            ? simulator.memory().allocate(resultBytes)
                            : operand(simulator, trial.buffers().get(i)));
        }
        try {
            Geometry geometry = trial.geometry();
            simulator.launch(
                    entry,
                    geometry.gridX(trial.batch()),
                    geometry.gridY(),
                    geometry.threads(),
                    geometry.sharedBytes(),
                    arguments(addresses, trial.batch()));
            return simulator.memory().download(addresses.get(trial.output()), resultBytes);
        } finally {
            addresses.forEach(simulator.memory()::free);
        }
    }

    private static long operand(Simulator simulator, byte[] bytes) {
        long address = simulator.memory().allocate(bytes.length);
        simulator.memory().upload(address, bytes);
        simulator.memory().protect(address);
        return address;
    }

    private static byte[] arguments(List<Long> pointers, int batch) {
        ByteBuffer bytes =
                ByteBuffer.allocate((pointers.size() + 2) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        pointers.forEach(bytes::putLong);
        bytes.putLong(0).putInt(batch);
        return bytes.array();
    }
}
