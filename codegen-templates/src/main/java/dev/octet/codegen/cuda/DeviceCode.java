package dev.octet.codegen.cuda;

import dev.octet.codegen.TemplateText;

/** Device functions shared by kernels, in the order in which they stand in a source. Plain CUDA, never templated. */
enum DeviceCode {
    DP4A_S8("dp4a_s8"),
    DP4A_U8("dp4a_u8"),
    TRANSPOSE("transpose"),
    TRANSPOSE_TAPS("transpose_taps"),
    COPY_ASYNC("copy_async"),
    COPY_WORD_ASYNC("copy_word_async"),
    COMMIT_COPIES("commit_copies"),
    AWAIT_COPIES("await_copies"),
    LOAD_MATRICES("load_matrices"),
    MMA8_S8("mma8_s8"),
    MMA8_U8("mma8_u8"),
    MMA_S8("mma_s8"),
    MMA_U8("mma_u8"),
    DYNAMIC_SHARED("dynamic_shared"),
    START_SUCCESSOR("start_successor"),
    AWAIT_PREDECESSOR("await_predecessor"),
    MEET_WARPGROUP("meet_warpgroup"),
    SHOW_COPIES("show_copies"),
    DESCRIPTOR("descriptor"),
    PLAIN_DESCRIPTOR("plain_descriptor"),
    BEGIN_PRODUCTS("begin_products"),
    WGMMA32_S8("wgmma32_s8"),
    WGMMA32_U8("wgmma32_u8"),
    WGMMA64_S8("wgmma64_s8"),
    WGMMA64_U8("wgmma64_u8"),
    WGMMA112_S8("wgmma112_s8"),
    WGMMA112_U8("wgmma112_u8"),
    WGMMA128_S8("wgmma128_s8"),
    WGMMA128_U8("wgmma128_u8"),
    COMMIT_PRODUCTS("commit_products"),
    AWAIT_PRODUCTS16("await_products16"),
    AWAIT_PRODUCTS32("await_products32"),
    AWAIT_PRODUCTS56("await_products56"),
    AWAIT_PRODUCTS64("await_products64"),
    AWAIT_PRODUCTS112("await_products112"),
    AWAIT_PRODUCTS128("await_products128"),
    FLOAT_S8("float_s8"),
    FLOAT_U8("float_u8"),
    CLAMP("clamp"),
    PACK("pack"),
    EXCHANGE_HALVES("exchange_halves"),
    FLOATS_F32("floats_f32"),
    FLOATS_S8("floats_s8"),
    FLOATS_U8("floats_u8"),
    NUMBER_F32("number_f32"),
    NUMBER_S8("number_s8"),
    NUMBER_U8("number_u8"),
    STORE_F32("store_f32"),
    STORE_BYTES("store_bytes"),
    RELU("relu"),
    RELU6("relu6"),
    LEAKY_RELU("leaky_relu"),
    POWER_OF_TWO("power_of_two"),
    REDUCED_EXPM1("reduced_expm1"),
    EXPONENTIAL("exponential"),
    NEGATIVE_EXPM1("negative_expm1"),
    ELU("elu"),
    SIGMOID("sigmoid"),
    HARD_SIGMOID("hard_sigmoid"),
    HYPERBOLIC_TANGENT("hyperbolic_tangent"),
    SWISH("swish"),
    HARD_SWISH("hard_swish"),
    NORMAL_TAIL("normal_tail"),
    GELU("gelu");

    private final String function;

    DeviceCode(String function) {
        this.function = function;
    }

    /** The function's name, which is also the file's. */
    String function() {
        return function;
    }

    /** Waits for products whose sums are so many of a thread. */
    static DeviceCode awaitProducts(int sums) {
        return valueOf("AWAIT_PRODUCTS" + sums);
    }

    /** The source. */
    String text() {
        return TemplateText.read("cuda/" + function + ".cuh");
    }
}
