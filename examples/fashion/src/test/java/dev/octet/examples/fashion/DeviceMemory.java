package dev.octet.examples.fashion;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRelease;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;
import static jcuda.driver.JCudaDriver.setExceptionsEnabled;

import dev.octet.runtime.Devices;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;

/** The driver's own account of the first GPU's memory. Keeps the device's context, so that it is counted at all times. */
final class DeviceMemory implements AutoCloseable {
    private final CUdevice device = new CUdevice();
    private final CUcontext context = new CUcontext();

    DeviceMemory() {
        Devices.probe(); // finds the driver's Java binding
        setExceptionsEnabled(true);
        cuDeviceGet(device, 0);
        cuDevicePrimaryCtxRetain(context, device);
    }

    long freeBytes() {
        long[] free = new long[1];
        cuCtxSetCurrent(context);
        cuMemGetInfo(free, new long[1]);
        return free[0];
    }

    @Override
    public void close() {
        cuDevicePrimaryCtxRelease(device);
    }
}
