package dev.octet.cuda;

import dev.octet.cuda.internal.Context;
import dev.octet.cuda.internal.DriverException;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.NetworkImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernels of a network on a device, each from a module of its own. */
final class Kernels {
    private static final Pattern VERSION = Pattern.compile("(?m)^\\.version[ \t]+([0-9.]+)");
    /** More dynamic shared memory than this must be asked for. */
    private static final int PLAIN_SHARED_BYTES = 48 << 10;

    private final Map<Step.Kernel, Context.Function> functions = new LinkedHashMap<>();
    private final DeviceState device;
    private final NetworkImage image;
    private final Target target;

    private Kernels(DeviceState device, NetworkImage image, Target target) {
        this.device = device;
        this.image = image;
        this.target = target;
    }

    /** Loads the PTX of every kernel of the steps, which the driver compiles for the device or finds in its cache. */
    static Kernels load(
            DeviceState device,
            Context.Current current,
            DeviceResources resources,
            NetworkImage image,
            Target target,
            List<Step> steps) {
        Kernels kernels = new Kernels(device, image, target);
        for (Step step : steps) {
            if (!kernels.functions.containsKey(step.kernel())) {
                kernels.functions.put(step.kernel(), kernels.function(current, resources, step));
            }
        }
        return kernels;
    }

    private Context.Function function(Context.Current current, DeviceResources resources, Step step) {
        Step.Kernel kernel = step.kernel();
        String ptx = image.kernels()
                .ptx(target, kernel)
                .orElseThrow(() -> new OctetException(
                        CudaCode.NO_PTX, kernel.name(), image.plan().network(), target.text()));
        try {
            Context.Module module = resources.module(current, ptx);
            Context.Function function = current.function(module, kernel.name());
            if (step.geometry().sharedBytes() > PLAIN_SHARED_BYTES) {
                current.allowSharedMemory(function, step.geometry().sharedBytes());
            }
            return function;
        } catch (DriverException e) {
            throw refused(e, kernel, ptx);
        }
    }

    private OctetException refused(DriverException e, Step.Kernel kernel, String ptx) {
        if (e.result() == DriverException.UNSUPPORTED_PTX_VERSION || e.log().contains("Unsupported .version")) {
            Matcher version = VERSION.matcher(ptx);
            return device.failure(
                    e,
                    CudaCode.PTX_TOO_NEW,
                    device.name(),
                    DeviceState.version(device.driver()),
                    kernel.name(),
                    version.find() ? version.group(1) : "of an unknown version");
        }
        String log = e.log().isEmpty() ? "" : "Its compiler says: " + e.log().replaceAll("\\s+", " ") + ".";
        return device.failure(e, CudaCode.PTX_REFUSED, device.name(), kernel.name(), e.reason(), log);
    }

    Context.Function function(Step step) {
        return functions.get(step.kernel());
    }

    int count() {
        return functions.size();
    }
}
