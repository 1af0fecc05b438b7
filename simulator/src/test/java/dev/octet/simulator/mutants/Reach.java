package dev.octet.simulator.mutants;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of a kernel that a thread may reach, as far as the indices of thread and block tell which way branches go. Compilers
 * unroll loops by four, for example, whether or not a thread has so much to do.
 */
final class Reach {
    private final List<String> lines;
    private final IndexValues values;
    private final Map<String, Integer> labels = new HashMap<>();
    private final BitSet reached = new BitSet();

    Reach(List<String> lines, IndexValues values) {
        this.lines = lines;
        this.values = values;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("$") && lines.get(i).endsWith(":")) {
                labels.put(lines.get(i).substring(0, lines.get(i).length() - 1), i);
            }
        }
        walk();
    }

    private void walk() {
        Deque<Integer> next = new ArrayDeque<>(List.of(0));
        while (!next.isEmpty()) {
            int at = next.remove();
            if (at >= lines.size() || reached.get(at)) {
                continue;
            }
            reached.set(at);
            Optional<PtxLine> line =
                    PtxLine.parse(lines.get(at)).filter(some -> some.is("bra") || some.is("ret") || some.is("exit"));
            boolean leaves = line.filter(some -> mayBe(some, true)).isPresent();
            boolean stays = line.isEmpty() || mayBe(line.get(), false);
            if (leaves && line.get().is("bra")) {
                next.add(labels.get(line.get().operand(0)));
            }
            if (stays) {
                next.add(at + 1);
            }
        }
    }

    /** Whether a thread may find that the instruction is to be executed, or that it is not. */
    private boolean mayBe(PtxLine line, boolean executed) {
        if (line.guard().isEmpty()) {
            return executed;
        }
        boolean negated = line.guard().startsWith("@!");
        int truth = executed != negated ? 1 : 0;
        return values.value(line.guard().substring(negated ? 2 : 1))
                .map(all -> Arrays.stream(all).anyMatch(each -> each == truth))
                .orElse(true);
    }

    /** Whether a thread may come to a line. */
    boolean has(int line) {
        return reached.get(line);
    }
}
