package dev.octet.simulator;

import dev.octet.codegen.cuda.KernelTrial;
import dev.octet.plan.launch.Geometry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Launches trials by kernel ABI 1. Operands may only be read; the result holds nothing before. What a network's device
 * launches early is launched so here: only constants, which stand behind the result, may be used before the wait for
 * earlier kernels.
 */
public final class TrialLaunch {
    private TrialLaunch() {}

    /** A kernel wrote to what it may only read. */
    public static final class OperandWritten extends RuntimeException {
        private static final long serialVersionUID = 1;

        private OperandWritten(KernelTrial trial, int index) {
            super(trial + " has written to operand " + index);
        }
    }

    /** The result of a launch, or what the simulator has to say against it. */
    public static byte[] result(Simulator simulator, SimulatedEntry entry, KernelTrial trial) {
        return result(simulator, entry, trial, trial.expected().length);
    }

    /** The result in a buffer of a number of bytes. */
    static byte[] result(Simulator simulator, SimulatedEntry entry, KernelTrial trial, int resultBytes) {
        boolean early = trial.geometry().dependentLaunch();
        if (early) {
            entry.requireWait();
        }
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < trial.buffers().size(); i++) {
            addresses.add(
                    i == trial.output()
                            ? simulator.memory().allocate(resultBytes)
                            : operand(simulator, trial.buffers().get(i), !early || i > trial.output()));
        }
        try {
            Geometry geometry = trial.geometry();
            simulator.launch(
                    entry,
                    trial.gridX(),
                    geometry.gridY(),
                    geometry.threads(),
                    geometry.sharedBytes(),
                    arguments(addresses, trial.batch()));
            if (early) {
                requireUnchanged(simulator, addresses, trial);
            }
            return simulator.memory().download(addresses.get(trial.output()), resultBytes);
        } finally {
            addresses.forEach(simulator.memory()::free);
        }
    }

    private static long operand(Simulator simulator, byte[] bytes, boolean constant) {
        long address = simulator.memory().allocate(bytes.length);
        simulator.memory().upload(address, bytes);
        if (constant) {
            simulator.memory().protect(address);
        }
        return address;
    }

    private static void requireUnchanged(Simulator simulator, List<Long> addresses, KernelTrial trial) {
        for (int i = 0; i < trial.output(); i++) {
            byte[] was = trial.buffers().get(i);
            if (!Arrays.equals(simulator.memory().download(addresses.get(i), was.length), was)) {
                throw new OperandWritten(trial, i);
            }
        }
    }

    private static byte[] arguments(List<Long> pointers, int batch) {
        ByteBuffer bytes =
                ByteBuffer.allocate((pointers.size() + 2) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        pointers.forEach(bytes::putLong);
        bytes.putLong(0).putInt(batch);
        return bytes.array();
    }
}
