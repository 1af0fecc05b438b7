package dev.octet.toolchain.nvrtc;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** NVRTC and nvJitLink of CUDA 12 by JNA: their C interfaces, as NVIDIA's manuals describe them, on 64-bit Linux. */
final class CudaLibraries implements NvrtcProgram.Libraries {
    /** {@code NVJITLINK_INPUT_PTX}. */
    private static final int INPUT_PTX = 2;

    private static final long LARGEST_RESULT = 1 << 25;
    /** nvJitLink's header maps each of its functions to one with the version of its interface. */
    private static final String JIT_LINK = "__nvJitLink%s_12_9";

    private final NativeLibrary nvrtc;
    private final NativeLibrary jitLink;

    private CudaLibraries(NativeLibrary nvrtc, NativeLibrary jitLink) {
        this.nvrtc = nvrtc;
        this.jitLink = jitLink;
    }

    /** Loads the libraries; throws {@link UnsatisfiedLinkError} if that is not possible. */
    static CudaLibraries load(Path builtins, Path nvrtc, Path jitLink) {
        // NVRTC looks for its builtins only where the system keeps libraries, or among those that are loaded.
        NativeLibrary.getInstance(builtins.toString());
        return new CudaLibraries(
                NativeLibrary.getInstance(nvrtc.toString()), NativeLibrary.getInstance(jitLink.toString()));
    }

    @Override
    public Reply answer(Request request) {
        return request.work() == Request.Work.COMPILE
                ? compile(request.options(), request.input())
                : assemble(request.options(), request.input());
    }

    private Reply compile(List<String> options, byte[] source) {
        PointerByReference handle = new PointerByReference();
        int created = nvrtc("nvrtcCreateProgram", handle, terminated(source), "kernel.cu", 0, null, null);
        if (created != 0) {
            return Reply.of(created, "nvrtcCreateProgram answered " + created);
        }
        try {
            Pointer program = handle.getValue();
            int status = nvrtc("nvrtcCompileProgram", program, options.size(), options.toArray(String[]::new));
            String log = text(result(nvrtc, "nvrtcGetProgramLog", program));
            return status == 0
                    ? new Reply(0, log, untilNul(result(nvrtc, "nvrtcGetPTX", program)))
                    : Reply.of(status, log);
        } finally {
            nvrtc("nvrtcDestroyProgram", handle);
        }
    }

    private Reply assemble(List<String> options, byte[] ptx) {
        PointerByReference handle = new PointerByReference();
        int created = jitLink("Create", handle, options.size(), options.toArray(String[]::new));
        if (created != 0) {
            return Reply.of(created, "nvJitLinkCreate answered " + created);
        }
        try {
            Pointer link = handle.getValue();
            int status = jitLink("AddData", link, INPUT_PTX, terminated(ptx), (long) ptx.length + 1, "kernel.ptx");
            if (status == 0) {
                status = jitLink("Complete", link);
            }
            String log = text(result(jitLink, JIT_LINK.formatted("GetErrorLog"), link))
                    + text(result(jitLink, JIT_LINK.formatted("GetInfoLog"), link));
            return status == 0
                    ? new Reply(0, log, result(jitLink, JIT_LINK.formatted("GetLinkedCubin"), link))
                    : Reply.of(status, log);
        } finally {
            jitLink("Destroy", handle);
        }
    }

    private int nvrtc(String function, Object... arguments) {
        return nvrtc.getFunction(function).invokeInt(arguments);
    }

    private int jitLink(String function, Object... arguments) {
        return jitLink.getFunction(JIT_LINK.formatted(function)).invokeInt(arguments);
    }

    /** What a pair of functions gives: one tells the size in bytes, the other copies. Empty if there is nothing. */
    private static byte[] result(NativeLibrary library, String function, Pointer handle) {
        String sizeFunction = function.contains("_12_") ? function.replace("_12_", "Size_12_") : function + "Size";
        LongByReference size = new LongByReference();
        int status = library.getFunction(sizeFunction).invokeInt(new Object[] {handle, size});
        if (status != 0 || size.getValue() <= 0 || size.getValue() > LARGEST_RESULT) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) size.getValue()];
        status = library.getFunction(function).invokeInt(new Object[] {handle, bytes});
        return status == 0 ? bytes : new byte[0];
    }

    private static byte[] terminated(byte[] text) {
        return Arrays.copyOf(text, text.length + 1);
    }

    private static byte[] untilNul(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return Arrays.copyOf(text, end);
    }

    private static String text(byte[] text) {
        return new String(untilNul(text), StandardCharsets.UTF_8);
    }
}
