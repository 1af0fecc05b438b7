package dev.octet.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/**
 * A kernel {@code k} around some instructions, with registers of all kinds, 1024 bytes of shared memory {@code s}, and
 * addresses of an input in {@code %in} and of a result in {@code %out}. {@code %t} is the thread's number, {@code %t4}
 * four times that, and {@code %o} the address of its word of the result.
 */
final class TestKernel implements AutoCloseable {
    private static final String BEGIN = """
            .version 7.8
            .target sm_80
            .address_size 64
            .visible .entry k(.param .u64 input, .param .u64 output) {
            .reg .b64 %in, %out, %o, %x<16>;
            .reg .b32 %t, %t4, %r<64>;
            .reg .b16 %h<8>;
            .reg .f32 %f<8>;
            .reg .pred %p<8>;
            .shared .align 16 .b8 s[1024];
            ld.param.u64 %in, [input];
            ld.param.u64 %out, [output];
            mov.u32 %t, %tid.x;
            shl.b32 %t4, %t, 2;
            mad.wide.u32 %o, %t, 4, %out;
            """;

    private final Simulator simulator;
    private String ptx;
    private byte[] input = {};
    private int outputBytes = 4096;
    private int threads = 32;
    private int gridX = 1;
    private int dynamicShared;

    TestKernel(String instructions) {
        this(instructions, SimulatorOptions.defaults().withThreads(1).withInstructionsPerBlock(100_000));
    }

    TestKernel(String instructions, SimulatorOptions options) {
        this.ptx = BEGIN + instructions + "\nret;\n}\n";
        this.simulator = new Simulator(options);
    }

    /** The line of the first instruction that contains a text. */
    int line(String text) {
        String[] lines = ptx.split("\n");
        return IntStream.range(0, lines.length)
                        .filter(i -> lines[i].contains(text))
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    /** For another GPU family than {@code sm_80}. */
    TestKernel target(String family) {
        ptx = ptx.replace(".target sm_80", ".target " + family);
        if (family.startsWith("sm_90")) {
            ptx = ptx.replace(".version 7.8", ".version 8.4");
        }
        return this;
    }

    /** With a directive between the parameters and the body. */
    TestKernel directive(String text) {
        ptx = ptx.replaceFirst("output\\) \\{", "output) " + text + " {");
        return this;
    }

    /** The module. */
    String ptx() {
        return ptx;
    }

    TestKernel threads(int count) {
        threads = count;
        return this;
    }

    TestKernel grid(int x) {
        gridX = x;
        return this;
    }

    TestKernel dynamicShared(int bytes) {
        dynamicShared = bytes;
        return this;
    }

    TestKernel input(byte... bytes) {
        input = bytes.clone();
        return this;
    }

    TestKernel input(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.of(words).forEach(bytes::putInt);
        input = bytes.array();
        return this;
    }

    TestKernel outputBytes(int bytes) {
        outputBytes = bytes;
        return this;
    }

    /** Runs the kernel and returns the first words of its result. */
    int[] words(int count) {
        long output = launch();
        ByteBuffer bytes = ByteBuffer.wrap(simulator.memory().download(output, 4 * count));
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, count).map(i -> bytes.getInt()).toArray();
    }

    /** Runs the kernel and returns the address of its result. */
    long launch() {
        SimulatedEntry entry = SimulatedModule.load(ptx).entry("k");
        long in = simulator.memory().allocate(input.length);
        long out = simulator.memory().allocate(outputBytes);
        simulator.memory().upload(in, input);
        byte[] parameters = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(in)
                .putLong(out)
                .array();
        simulator.launch(entry, gridX, 1, threads, dynamicShared, parameters);
        return out;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
