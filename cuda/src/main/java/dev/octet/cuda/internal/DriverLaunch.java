package dev.octet.cuda.internal;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.octet.cuda.driver.Context;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * {@code cuLaunchKernelEx} by JNA. Only {@link DependentLaunches} may mention this class, and only once it knows that JNA
 * works.
 */
final class DriverLaunch implements LaunchFunction {
    /** Of dlfcn.h on Linux: bind lazily, and find only what the process has loaded: the library that JCuda uses. */
    private static final int LAZY_AND_LOADED = 0x1 | 0x4;

    private final Function function;

    DriverLaunch(Function function) {
        this.function = function;
    }

    /** The function of a library that is loaded; throws {@link UnsatisfiedLinkError} if one of them is not there. */
    static DriverLaunch of(String library) {
        return new DriverLaunch(NativeLibrary.getInstance(library, Map.of(Library.OPTION_OPEN_FLAGS, LAZY_AND_LOADED))
                .getFunction("cuLaunchKernelEx"));
    }

    @Override
    public int launch(long kernel, Context.Extents extents, ByteBuffer arguments, long stream) {
        ByteBuffer block = LaunchBlock.allocate(arguments);
        try {
            Pointer start = Native.getDirectBufferPointer(block);
            LaunchBlock.fill(block, Pointer.nativeValue(start), extents, stream, arguments);
            return function.invokeInt(
                    new Object[] {start, new Pointer(kernel), start.share(LaunchBlock.PARAMETERS), null});
        } finally {
            Reference.reachabilityFence(block);
        }
    }
}
