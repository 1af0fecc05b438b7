package dev.octet.simulated;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import dev.octet.plan.Target;
import dev.octet.simulator.SimulatorOptions;
import java.util.List;

/** A driver of one device, which has a target's compute capability. Each context is a simulator of its own. */
final class SimulatedDriver implements Driver {
    /** What the driver answers as its version: that of the compilers whose PTX the simulator is tested with. */
    private static final int VERSION = 13000;

    private final SimulatorOptions options;
    private final Gpu gpu;

    SimulatedDriver(Target target, SimulatorOptions options) {
        this.options = options;
        this.gpu = new Gpu(
                0, "simulated " + target.text(), target.capability(), options.memoryBytes(), sharedBytes(target));
    }

    /** Most shared memory of a block by compute capability, from the CUDA C++ Programming Guide. */
    private static int sharedBytes(Target target) {
        return switch (target) {
            case SM_61 -> 48 << 10;
            case SM_75 -> 64 << 10;
            case SM_80 -> 163 << 10;
            case SM_90A -> 227 << 10;
        };
    }

    @Override
    public int version() {
        return VERSION;
    }

    /** How long the simulator takes says nothing about a GPU. */
    @Override
    public boolean hasClock() {
        return false;
    }

    @Override
    public List<Gpu> gpus() {
        return List.of(gpu);
    }

    @Override
    public Context retain(int ordinal) {
        return new SimulatedContext(gpu, options);
    }
}
