package dev.octet.cuda.internal;

import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetAttribute;
import static jcuda.driver.JCudaDriver.cuDeviceGetCount;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuDeviceTotalMem;
import static jcuda.driver.JCudaDriver.cuDriverGetVersion;
import static jcuda.driver.JCudaDriver.cuGetErrorName;
import static jcuda.driver.JCudaDriver.cuGetErrorString;
import static jcuda.driver.JCudaDriver.cuInit;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.driver.DriverException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import jcuda.CudaException;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;

/** The driver through JCuda. Only {@link DriverProbe} may mention this class, and only once it knows that JCuda works. */
final class JCudaBinding implements Driver {
    private final int version;
    private final List<Gpu> gpus;
    private final DependentLaunches dependentLaunches;

    /**
     * Initialises the driver and asks for the devices. Throws {@link DriverException}.
     *
     * @param cache where JNA is unpacked, should it be needed
     */
    JCudaBinding(Path cache) {
        check("cuInit", () -> cuInit(0));
        int[] number = new int[1];
        check("cuDriverGetVersion", () -> cuDriverGetVersion(number));
        version = number[0];
        dependentLaunches = new DependentLaunches(version, cache);
        check("cuDeviceGetCount", () -> cuDeviceGetCount(number));
        List<Gpu> found = new ArrayList<>();
        for (int ordinal = 0; ordinal < number[0]; ordinal++) {
            found.add(gpu(ordinal));
        }
        gpus = List.copyOf(found);
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public List<Gpu> gpus() {
        return gpus;
    }

    @Override
    public Context retain(int ordinal) {
        CUdevice device = device(ordinal);
        CUcontext context = new CUcontext();
        check("cuDevicePrimaryCtxRetain", () -> cuDevicePrimaryCtxRetain(context, device));
        // The same kernels without it where the hardware has nothing of the kind.
        boolean dependent = gpus.get(ordinal).capability() >= DependentLaunches.OLDEST_CAPABILITY;
        return new JCudaContext(context, device, dependent ? dependentLaunches::function : Optional::empty);
    }

    private static Gpu gpu(int ordinal) {
        CUdevice device = device(ordinal);
        byte[] name = new byte[256];
        check("cuDeviceGetName", () -> cuDeviceGetName(name, name.length, device));
        long[] memory = new long[1];
        check("cuDeviceTotalMem", () -> cuDeviceTotalMem(memory, device));
        int capability = 10 * attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
                + attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
        int shared = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN);
        return new Gpu(ordinal, text(name), capability, memory[0], shared);
    }

    private static CUdevice device(int ordinal) {
        CUdevice device = new CUdevice();
        check("cuDeviceGet", () -> cuDeviceGet(device, ordinal));
        return device;
    }

    private static int attribute(CUdevice device, int attribute) {
        int[] value = new int[1];
        check("cuDeviceGetAttribute", () -> cuDeviceGetAttribute(value, attribute, device));
        return value[0];
    }

    /** The text of a buffer that C filled: up to the first zero. */
    static String text(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
    }

    /** The one place in which results are checked. */
    static void check(String call, IntSupplier function) {
        check(call, result(function), "");
    }

    static void check(String call, int result, String log) {
        if (result != 0) {
            throw new DriverException(call, result, explain(result), log);
        }
    }

    /**
     * The CUresult of a call. JCuda throws it instead once anything in the process has asked for exceptions; that switch
     * is the application's, so it is left as it is.
     */
    static int result(IntSupplier function) {
        try {
            return function.getAsInt();
        } catch (CudaException e) {
            return number(e.getMessage());
        }
    }

    /** A result that JCuda names, such as {@code CUDA_ERROR_OUT_OF_MEMORY}. */
    static int number(String name) {
        try {
            return CUresult.class.getField(name).getInt(null);
        } catch (ReflectiveOperationException e) {
            return CUresult.CUDA_ERROR_UNKNOWN;
        }
    }

    private static String explain(int result) {
        String[] name = new String[1];
        String[] text = new String[1];
        cuGetErrorName(result, name);
        cuGetErrorString(result, text);
        return name[0] == null ? "unknown to this driver" : name[0] + " (" + text[0] + ")";
    }
}
