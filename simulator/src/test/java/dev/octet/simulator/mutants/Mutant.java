package dev.octet.simulator.mutants;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A kernel with one mistake.
 *
 * @param subject the kernel
 * @param mistake what kind of mistake
 * @param line index of the line
 * @param was its instruction
 * @param becomes the instruction in its place
 */
record Mutant(Subject subject, Mistake mistake, int line, PtxLine was, PtxLine becomes) {
    /** Mutants of one kind, from as many kernels and places as there are: the first of a seeded order. */
    static List<Mutant> choose(List<Subject> subjects, Mistake mistake, int most, long seed) {
        List<List<Mutant>> bySubject = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            List<Mutant> all = new ArrayList<>(all(subjects.get(i), mistake).toList());
            Collections.shuffle(all, new Random(seed * 1000 + i * 31L + mistake.ordinal()));
            bySubject.add(all);
        }
        Collections.shuffle(bySubject, new Random(seed + mistake.ordinal()));
        int rounds = bySubject.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, rounds)
                .boxed()
                .flatMap(round -> bySubject.stream()
                        .filter(mutants -> round < mutants.size())
                        .map(mutants -> mutants.get(round)))
                .limit(most)
                .toList();
    }

    private static Stream<Mutant> all(Subject subject, Mistake mistake) {
        return IntStream.range(0, subject.ptx().size())
                .boxed()
                .flatMap(i -> PtxLine.parse(subject.ptx().get(i)).stream()
                        .flatMap(line -> mistake.variants(line)
                                .filter(other -> !other.equals(line)
                                        && !subject.equivalence().holds(i, line, other))
                                .map(other -> new Mutant(subject, mistake, i, line, other))));
    }

    String ptx() {
        return subject.withLine(line, becomes.text());
    }

    @Override
    public String toString() {
        String after = becomes.text().isEmpty() ? "nothing" : becomes.text();
        return subject.kernel().name() + " " + mistake + " " + (line + 1) + ": " + was.text() + " -> " + after;
    }
}
