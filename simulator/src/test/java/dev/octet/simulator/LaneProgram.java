package dev.octet.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A kernel of one block whose thread i computes one result from the i-th of up to three operands. They stand in
 * {@code %A %B %C} (64 bits), {@code %a %b %c} (32), {@code %fa %fb %fc} (f32) and {@code %ha %hb %hc} (16); the result
 * is what {@code %D}, {@code %d}, {@code %fd} or {@code %hd} holds, or whether {@code %p} is true.
 */
final class LaneProgram {
    private static final int MOST_THREADS = 1024;

    private final String ptx;

    private LaneProgram(String ptx) {
        this.ptx = ptx;
    }

    /** A program whose result is in {@code %D}. */
    static LaneProgram longs(String instructions) {
        return of(instructions);
    }

    /** A program whose result is in {@code %d}. */
    static LaneProgram words(String instructions) {
        return of(instructions + "\ncvt.u64.u32 %D, %d;");
    }

    /** A program whose result is in {@code %fd}. */
    static LaneProgram floats(String instructions) {
        return of(instructions + "\nmov.b32 %d, %fd;\ncvt.u64.u32 %D, %d;");
    }

    /** A program whose result is in {@code %hd}. */
    static LaneProgram halves(String instructions) {
        return of(instructions + "\ncvt.u64.u16 %D, %hd;");
    }

    /** A program whose result is in {@code %p}. */
    static LaneProgram truths(String instructions) {
        return of(instructions + "\nselp.b64 %D, 1, 0, %p;");
    }

    private static LaneProgram of(String instructions) {
        return new LaneProgram("""
                .version 7.8
                .target sm_80
                .address_size 64
                .visible .entry k(.param .u64 in, .param .u64 out) {
                .reg .b64 %A, %B, %C, %D, %E, %at, %to;
                .reg .b32 %a, %b, %c, %d, %e, %i;
                .reg .f32 %fa, %fb, %fc, %fd;
                .reg .b16 %ha, %hb, %hc, %hd;
                .reg .pred %p, %q, %r;
                mov.u32 %i, %tid.x;
                ld.param.u64 %at, [in];
                mad.wide.u32 %at, %i, 24, %at;
                ld.global.u64 %A, [%at];
                ld.global.u64 %B, [%at+8];
                ld.global.u64 %C, [%at+16];
                cvt.u32.u64 %a, %A;
                cvt.u32.u64 %b, %B;
                cvt.u32.u64 %c, %C;
                mov.b32 %fa, %a;
                mov.b32 %fb, %b;
                mov.b32 %fc, %c;
                cvt.u16.u32 %ha, %a;
                cvt.u16.u32 %hb, %b;
                cvt.u16.u32 %hc, %c;
                """ + instructions + """

                ld.param.u64 %to, [out];
                mad.wide.u32 %to, %i, 8, %to;
                st.global.u64 [%to], %D;
                ret;
                }
                """);
    }

    /** The results for operands of equal count. */
    long[] run(long[] a, long[] b, long[] c) {
        try (Simulator simulator = new Simulator(SimulatorOptions.defaults().withThreads(1))) {
            SimulatedEntry entry = SimulatedModule.load(ptx).entry("k");
            ByteBuffer operands = buffer(24 * a.length);
            for (int i = 0; i < a.length; i++) {
                operands.putLong(a[i]).putLong(b[i]).putLong(c[i]);
            }
            long in = simulator.memory().allocate(operands.capacity());
            long out = simulator.memory().allocate(8L * a.length);
            simulator.memory().upload(in, operands.array());
            byte[] parameters = buffer(16).putLong(in).putLong(out).array();
            simulator.launch(entry, 1, 1, a.length, 0, parameters);
            ByteBuffer results = ByteBuffer.wrap(simulator.memory().download(out, 8 * a.length));
            results.order(ByteOrder.LITTLE_ENDIAN);
            return LongStream.range(0, a.length).map(i -> results.getLong()).toArray();
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Operands that combine special values with each other, and random ones, always as many as a block has threads. */
    static long[][] operands(long[] special, long seed) {
        Random random = new Random(seed);
        long[][] operands = new long[3][MOST_THREADS];
        for (int i = 0; i < MOST_THREADS; i++) {
            boolean pair = i < special.length * special.length;
            operands[0][i] = pair ? special[i % special.length] : pick(special, random);
            operands[1][i] = pair ? special[i / special.length] : pick(special, random);
            operands[2][i] = pick(special, random);
        }
        return operands;
    }

    private static long pick(long[] special, Random random) {
        return random.nextInt(3) == 0 ? random.nextLong() : special[random.nextInt(special.length)];
    }
}
