package dev.octet.simulator.conformance;

import java.util.HexFormat;

/** Says where two outputs of a program differ. */
final class Difference {
    private static final int SHOWN = 6;

    private Difference() {}

    /** The first threads with different rows, and what they had as input; empty if there are none. */
    static String of(Program program, byte[] simulated, byte[] gpu) {
        int threads = program.extents().allThreads();
        int row = program.outputBytes() / threads;
        int inputRow = program.input().length / threads;
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (int i = 0; i < threads; i++) {
            String left = hex(simulated, i * row, row);
            String right = hex(gpu, i * row, row);
            if (!left.equals(right) && count++ < SHOWN) {
                text.append("\n  thread %d: simulator %s, GPU %s, input %s"
                        .formatted(i, left, right, hex(program.input(), i * inputRow, inputRow)));
            }
        }
        return count == 0 ? "" : program.name() + ": " + count + " of " + threads + " threads" + text;
    }

    /** In words of four bytes as numbers, the first byte lowest; what is shorter likewise. */
    private static String hex(byte[] bytes, int from, int count) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at < from + count; at += 4) {
            int end = Math.min(at + 4, from + count);
            StringBuilder word = new StringBuilder();
            for (int i = end - 1; i >= at; i--) {
                word.append(HexFormat.of().toHexDigits(i < bytes.length ? bytes[i] : 0));
            }
            text.append(at > from ? " " : "").append(word);
        }
        return text.toString();
    }
}
