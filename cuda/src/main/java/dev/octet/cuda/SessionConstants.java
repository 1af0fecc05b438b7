package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.quant.Constants;
import java.util.LinkedHashMap;
import java.util.Map;

/** Constants of one session, in memory of its own beside the network's, which can be replaced between runs. */
final class SessionConstants {
    private final Plan plan;
    private final Map<Argument.Constants, Integer> sizes;
    private final Map<Argument.Constants, Long> addresses = new LinkedHashMap<>();
    private boolean complete;

    private SessionConstants(Plan plan, Map<Argument.Constants, Integer> sizes) {
        this.plan = plan;
        this.sizes = sizes;
    }

    /** Allocates memory for as much as the network's constants take. */
    static SessionConstants allocate(CudaNetwork network, Context.Current current, DeviceResources resources) {
        SessionConstants constants =
                new SessionConstants(network.plan(), network.segments().constantBytes());
        long bytes =
                constants.sizes.values().stream().mapToLong(Segments::aligned).sum();
        long address = resources.memory(
                current, "the constants of a session of " + network.plan().network(), bytes);
        for (Map.Entry<Argument.Constants, Integer> segment : constants.sizes.entrySet()) {
            constants.addresses.put(segment.getKey(), address);
            address += Segments.aligned(segment.getValue());
        }
        return constants;
    }

    /** Device address of a segment. */
    long address(Argument.Constants argument) {
        return addresses.get(argument);
    }

    /** Whether there is something to compute with. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Copies other constants to the device. Throws {@link OctetException} {@link CudaCode#INCONSISTENT} if one is missing or
     * has another size than the network's, before anything is copied.
     */
    void replace(Context.Current current, Map<Integer, Constants> constants) {
        Map<Argument.Constants, byte[]> segments = new LinkedHashMap<>();
        sizes.forEach(
                (argument, size) -> segments.put(argument, segment(constants.get(argument.op()), argument, size)));
        complete = false;
        segments.forEach((argument, bytes) -> current.upload(address(argument), bytes));
        complete = true;
    }

    private byte[] segment(Constants constants, Argument.Constants argument, int size) {
        byte[] bytes = constants == null ? new byte[0] : constants.segment();
        if (bytes.length != size) {
            String why = "%" + argument.op() + " has constants of " + size + " bytes, but is to get " + bytes.length;
            throw new OctetException(CudaCode.INCONSISTENT, plan.network(), why);
        }
        return bytes;
    }
}
