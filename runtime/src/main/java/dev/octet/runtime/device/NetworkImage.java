package dev.octet.runtime.device;

import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.launch.Step;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.Map;
import java.util.Optional;

/**
 * A quantised network ready to be loaded by a device.
 *
 * @param plan the plan
 * @param layers quantised weights by layer name
 * @param floats weights of the layers that stay in FP32, by name
 * @param constants constants by node id of {@code plan.int8()}, for the nodes that have some
 * @param kernels finds kernel binaries
 */
public record NetworkImage(
        Plan plan,
        Map<String, QuantizedLayer> layers,
        Map<String, FloatLayer> floats,
        Map<Integer, Constants> constants,
        Kernels kernels) {
    public NetworkImage {
        layers = Map.copyOf(layers);
        floats = Map.copyOf(floats);
        constants = Map.copyOf(constants);
    }

    /** An image of a network of which no layer stays in FP32. */
    public NetworkImage(
            Plan plan, Map<String, QuantizedLayer> layers, Map<Integer, Constants> constants, Kernels kernels) {
        this(plan, layers, Map.of(), constants, kernels);
    }

    /** The same network with other kernels. */
    public NetworkImage with(Kernels others) {
        return new NetworkImage(plan, layers, floats, constants, others);
    }

    /** The same network with other constants. */
    public NetworkImage with(Map<Integer, Constants> others) {
        return new NetworkImage(plan, layers, floats, others, kernels);
    }

    /** Finds the compiled form of kernels, next to the plan on the class path. */
    @FunctionalInterface
    public interface Kernels {
        /** The PTX of a kernel, as text; empty if the build made none. */
        Optional<String> ptx(Target target, Step.Kernel kernel);

        /**
         * The machine code of a kernel, an ELF file, for a device; empty if the build made none that it can run.
         *
         * @param capability ten times the compute capability of the device
         */
        default Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
            return Optional.empty();
        }
    }
}
