package dev.octet.simulator.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * A program in the making: instructions between a prologue, which gives each thread the addresses of its rows, and the
 * end. The rows of the input and of the output follow the threads' numbers in the grid. Registers:
 *
 * <ul>
 *   <li>{@code %in}, {@code %out}: addresses of this thread's rows; {@code %base}, {@code %all}: of the first rows
 *   <li>{@code %t}: the thread in its block; {@code %t4}: four times that; {@code %i}: the thread in its grid
 *   <li>{@code %A %B %C %D} of 64 bits, {@code %a %b %c %d} of 32, {@code %fa} ... {@code %fd} floats, {@code %ha} ...
 *       {@code %hd} of 16, {@code %p %q %v} predicates, all for operands and results
 *   <li>{@code %x0} ... of 64, {@code %r0} ... of 32 and {@code %h0} ... of 16 bits, {@code %p0} ... predicates
 * </ul>
 */
final class Draft {
    private static final String PROLOGUE = """
            .visible .entry k(.param .align 8 .b8 arguments[16]) {
            .reg .b64 %A, %B, %C, %D, %in, %out, %base, %all, %x<8>;
            .reg .b32 %a, %b, %c, %d, %i, %t, %t4, %r<48>;
            .reg .b16 %ha, %hb, %hc, %hd, %h<8>;
            .reg .f32 %fa, %fb, %fc, %fd;
            .reg .pred %p, %q, %v, %p<8>;
            mov.u32 %t, %tid.x;
            shl.b32 %t4, %t, 2;
            mov.u32 %r1, %ctaid.y;
            mov.u32 %r2, %nctaid.x;
            mov.u32 %r3, %ctaid.x;
            mad.lo.u32 %r3, %r1, %r2, %r3;
            mov.u32 %r2, %ntid.x;
            mad.lo.u32 %i, %r3, %r2, %t;
            ld.param.u64 %base, [arguments];
            ld.param.u64 %all, [arguments+8];
            """;

    private final String name;
    private final String instructions;
    private String header = ".version 7.8\n.target sm_80\n.address_size 64\n";
    private String declarations = "";
    private int inputBytes = 4;
    private int outputBytes = 4;
    private Program.Extents extents = new Program.Extents(1, 1, 64, 0);

    Draft(String name, String instructions) {
        this.name = name;
        this.instructions = instructions;
    }

    /** For GPUs before those with tensor cores for bytes. */
    Draft forSm61() {
        header = ".version 6.3\n.target sm_61\n.address_size 64\n";
        return this;
    }

    /** For GPUs with clusters of blocks. */
    Draft forSm90() {
        header = ".version 7.8\n.target sm_90\n.address_size 64\n";
        return this;
    }

    /** For the one generation of GPUs whose warpgroups multiply matrices. */
    Draft forSm90a() {
        header = ".version 8.4\n.target sm_90a\n.address_size 64\n";
        return this;
    }

    /** Variables of the module. */
    Draft declaring(String text) {
        declarations += text + "\n";
        return this;
    }

    /** Bytes of a thread's rows. */
    Draft rows(int input, int output) {
        inputBytes = input;
        outputBytes = output;
        return this;
    }

    Draft threads(int threads) {
        return extents(1, 1, threads, 0);
    }

    Draft extents(int gridX, int gridY, int threads, int sharedBytes) {
        extents = new Program.Extents(gridX, gridY, threads, sharedBytes);
        return this;
    }

    /** The program for words of an input. */
    Program with(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        return with(bytes.array());
    }

    /** The program for random bytes that depend on its name alone. */
    Program withRandomInput() {
        byte[] bytes = new byte[extents.allThreads() * inputBytes];
        new Random(name.hashCode()).nextBytes(bytes);
        return with(bytes);
    }

    /** The program for an input. */
    Program with(byte[] input) {
        int threads = extents.allThreads();
        if (input.length != threads * inputBytes) {
            throw new IllegalArgumentException(name + ": " + input.length + " bytes for " + threads + " threads");
        }
        String addresses =
                "mad.wide.u32 %in, %i, " + inputBytes + ", %base;\nmad.wide.u32 %out, %i, " + outputBytes + ", %all;\n";
        String ptx = header + declarations + PROLOGUE + addresses + instructions.strip() + "\nret;\n}\n";
        return new Program(name, ptx, input, threads * outputBytes, extents);
    }
}
