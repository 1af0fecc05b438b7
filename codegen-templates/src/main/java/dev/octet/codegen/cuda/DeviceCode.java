package dev.octet.codegen.cuda;

import dev.octet.codegen.TemplateText;

/** Device functions shared by kernels, in the order in which they stand in a source. Plain CUDA, never templated. */
enum DeviceCode {
    DP4A_S8("dp4a_s8"),
    DP4A_U8("dp4a_u8"),
    TRANSPOSE("transpose"),
    TRANSPOSE_TAPS("transpose_taps"),
    COPY_ASYNC("copy_async"),
    COMMIT_COPIES("commit_copies"),
    AWAIT_COPIES("await_copies"),
    LOAD_MATRICES("load_matrices"),
    MMA8_S8("mma8_s8"),
    MMA8_U8("mma8_u8"),
    MMA_S8("mma_s8"),
    MMA_U8("mma_u8"),
    FLOAT_S8("float_s8"),
    FLOAT_U8("float_u8"),
    CLAMP("clamp"),
    PACK("pack");

    private final String function;

    DeviceCode(String function) {
        this.function = function;
    }

    /** The function's name, which is also the file's. */
    String function() {
        return function;
    }

    /** The source. */
    String text() {
        return TemplateText.read("cuda/" + function + ".cuh");
    }
}
