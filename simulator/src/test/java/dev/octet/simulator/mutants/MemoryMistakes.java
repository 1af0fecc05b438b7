package dev.octet.simulator.mutants;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Mistakes of addresses and accesses. */
final class MemoryMistakes {
    private static final Pattern ADDRESS = Pattern.compile("\\[(.*?)(?:\\+(-?\\d+))?]");
    private static final int POINTER_BYTES = 8;
    private static final int PIECE_BYTES = 16;

    private MemoryMistakes() {}

    static Stream<PtxLine> offset(PtxLine line) {
        if (line.is("add.") && line.isNumber(2)) {
            return Stream.of(-PIECE_BYTES, -1, 1, PIECE_BYTES)
                    .map(by -> line.with(2, Long.toString(line.number(2) + by)));
        }
        int step = line.is("ld.param") ? POINTER_BYTES : PIECE_BYTES;
        return IntStream.range(0, line.operands().size())
                .filter(i -> line.operand(i).startsWith("["))
                .boxed()
                .flatMap(i -> Stream.of(-step, 1, step).map(by -> line.with(i, displaced(line.operand(i), by))));
    }

    private static String displaced(String address, long by) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(address);
        }
        long offset = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
        return "[" + matcher.group(1) + "+" + (offset + by) + "]";
    }

    static Stream<PtxLine> width(PtxLine line) {
        if (line.is("cp.async.cg")) {
            return Stream.of(line.withMnemonic(line.mnemonic().replace(".cg", ".ca"))
                    .with(2, "8")
                    .withOperands(line.operand(0), line.operand(1), "8"));
        }
        boolean accesses = line.is("ld.global") || line.is("st.global") || line.is("ld.shared") || line.is("st.shared");
        if (!accesses) {
            return Stream.empty();
        }
        if (line.mnemonic().contains(".v4")) {
            int vector = line.is("ld.") ? 0 : 1;
            List<String> elements = line.elements(vector);
            return Stream.of(line.withMnemonic(line.mnemonic().replace(".v4", ".v2"))
                    .with(vector, "{" + elements.get(0) + ", " + elements.get(1) + "}"));
        }
        return line.mnemonic().matches(".*[us]8")
                ? Stream.of(line.withMnemonic(line.mnemonic().replaceFirst("8$", "16")))
                : Stream.empty();
    }

    static Stream<PtxLine> zeroFill(PtxLine line) {
        if (line.is("cp.async.cg") && line.operands().size() == 4) {
            return Stream.of(line.withOperands(line.operand(0), line.operand(1), line.operand(2)));
        }
        boolean size = line.is("selp.b32")
                && line.operand(1).equals("16")
                && line.operand(2).equals("0");
        return size ? Stream.of(line.with(2, "16"), line.with(2, "8"), line.with(1, "8")) : Stream.empty();
    }
}
