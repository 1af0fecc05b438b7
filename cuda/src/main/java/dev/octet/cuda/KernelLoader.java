package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.NetworkImage;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Loads the kernels of a network, each as a module of its own: machine code where the build made some for the device,
 * otherwise PTX, which the driver compiles or finds in its cache.
 */
final class KernelLoader {
    private static final System.Logger LOG = System.getLogger(KernelLoader.class.getName());
    private static final Pattern VERSION = Pattern.compile("(?m)^\\.version[ \t]+([0-9.]+)");
    /** More dynamic shared memory than this must be asked for. */
    private static final int PLAIN_SHARED_BYTES = 48 << 10;

    private final DeviceState device;
    private final DeviceResources resources;
    private final NetworkImage image;
    private final Programs programs;
    private int cubins;
    private Optional<String> refusedMachineCode = Optional.empty();

    /** The loaded modules are freed with {@code resources}. */
    KernelLoader(DeviceState device, DeviceResources resources, NetworkImage image, Programs programs) {
        this.device = device;
        this.resources = resources;
        this.image = image;
        this.programs = programs;
    }

    /** Throws {@link CudaCode#NO_PTX} unless the build compiled every kernel for the device. */
    static void requireCompiled(NetworkImage image, Programs programs, Driver.Gpu gpu) {
        Stream<Step.Kernel> steps = programs.steps().stream().map(Step::kernel);
        Stream<Step.Kernel> others = programs.statistics().stream().map(Statistic::kernel);
        Stream.concat(steps, others).distinct().forEach(kernel -> {
            if (image.kernels()
                    .cubin(programs.target(), kernel, gpu.capability())
                    .isEmpty()) {
                ptx(image, programs, kernel);
            }
        });
    }

    private static String ptx(NetworkImage image, Programs programs, Step.Kernel kernel) {
        return image.kernels()
                .ptx(programs.target(), kernel)
                .orElseThrow(() -> new OctetException(
                        CudaCode.NO_PTX,
                        kernel.name(),
                        image.plan().network(),
                        programs.target().text()));
    }

    /** Loads every kernel of the programs once. */
    Kernels load(Context.Current current) {
        Map<Step.Kernel, Context.Function> functions = new LinkedHashMap<>();
        for (Step step : programs.steps()) {
            if (!functions.containsKey(step.kernel())) {
                functions.put(step.kernel(), load(current, step.kernel(), step.geometry()));
            }
        }
        for (Statistic statistic : programs.statistics()) {
            functions.put(statistic.kernel(), load(current, statistic.kernel(), statistic.geometry()));
        }
        refusedMachineCode.ifPresent(warning -> LOG.log(Level.WARNING, warning));
        return new Kernels(functions, cubins);
    }

    private Context.Function load(Context.Current current, Step.Kernel kernel, Geometry geometry) {
        Optional<byte[]> cubin =
                image.kernels().cubin(programs.target(), kernel, device.gpu().capability());
        if (cubin.isPresent()) {
            try {
                Context.Function function = function(current, resources.module(current, cubin.get()), kernel, geometry);
                cubins++;
                return function;
            } catch (DriverException e) {
                replace(current, kernel, e);
            }
        }
        String ptx = ptx(image, programs, kernel);
        try {
            return function(current, resources.module(current, ptx), kernel, geometry);
        } catch (DriverException e) {
            throw deviceFailure(e, current, kernel).orElseGet(() -> refused(e, kernel, ptx));
        }
    }

    private static Context.Function function(
            Context.Current current, Context.Module module, Step.Kernel kernel, Geometry geometry) {
        Context.Function function = current.function(module, kernel.name());
        if (geometry.sharedBytes() > PLAIN_SHARED_BYTES) {
            current.allowSharedMemory(function, geometry.sharedBytes());
        }
        return function;
    }

    /**
     * Returns if PTX can replace machine code that the driver refuses: a toolkit that is newer than the driver makes
     * machine code that the driver does not know, while PTX says itself what it needs.
     */
    private void replace(Context.Current current, Step.Kernel kernel, DriverException e) {
        Optional<OctetException> ofDevice = deviceFailure(e, current, kernel);
        if (ofDevice.isPresent()) {
            throw ofDevice.get();
        }
        String version = DeviceState.version(device.driver());
        if (image.kernels().ptx(programs.target(), kernel).isEmpty()) {
            throw device.failure(e, CudaCode.CUBIN_REFUSED, device.name(), version, kernel.name(), e.reason());
        }
        if (refusedMachineCode.isEmpty()) {
            refusedMachineCode = Optional.of(
                    "The driver of " + device.name() + " (CUDA " + version + ") refuses the machine code of kernel "
                            + kernel.name() + " of " + image.plan().network() + ": " + e.reason()
                            + ". It compiles such kernels from PTX instead, which takes longer. Install a newer NVIDIA"
                            + " driver, or build the network with an older CUDA toolkit.");
        }
    }

    /** A failure that is not the kernel's: the memory is full, or something that ran before lost the context. */
    private Optional<OctetException> deviceFailure(DriverException e, Context.Current current, Step.Kernel kernel) {
        if (e.isSticky()) {
            return Optional.of(device.failure(e, CudaCode.LOST, device.name(), e.reason()));
        }
        if (e.result() != DriverException.OUT_OF_MEMORY) {
            return Optional.empty();
        }
        String what = "kernel " + kernel.name() + " of " + image.plan().network();
        return Optional.of(resources.outOfMemory(e, current, what, DeviceResources.UNTOLD));
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
}
