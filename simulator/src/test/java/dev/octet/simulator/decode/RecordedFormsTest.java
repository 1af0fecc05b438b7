package dev.octet.simulator.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.conformance.NotRecorded;
import dev.octet.simulator.conformance.Programs;
import dev.octet.simulator.ptx.Operand;
import dev.octet.simulator.ptx.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each opcode that decoders know, and each modifier that they know of it, stands in a program whose result on a GPU is
 * recorded, or on the list of those that do not. Decoders have no list of forms: they are asked, with words of PTX put
 * into instructions of programs or in place of theirs. What pairs tell is not all: which types and modifiers
 * go together is shown by other tests.
 */
class RecordedFormsTest {
    private static final List<String> WORDS = Arrays.asList((
            // types
            "pred b8 b16 b32 b64 b128 u8 u16 u32 u64 s8 s16 s32 s64 f16 f16x2 bf16 bf16x2 tf32 f32 f64 e4m3x2 u16x2"
                    + " s16x2 s4 u4 b1"
                    // spaces and addresses
                    + " global shared shared::cta shared::cluster local const param param::entry to nc v2 v4 v8"
                    // order, scope, caches
                    + " weak volatile relaxed acquire release acq_rel sc cta cluster gpu gl sys ca cg cs lu cv wb wt"
                    + " L1::evict_normal L1::evict_unchanged L1::evict_first L1::evict_last L1::no_allocate"
                    + " L2::64B L2::128B L2::256B L2::cache_hint L2::evict_last L2::evict_first unified mmio"
                    // comparisons and logic
                    + " eq ne lt le gt ge lo ls hi hs equ neu ltu leu gtu geu num nan and or xor not popc"
                    // rounding and other arithmetic
                    + " rn rz rm rp rna rni rzi rmi rpi sat satfinite ftz NaN xorsign abs relu full approx wide cc"
                    + " shiftamt clamp wrap l r f4e b4e rc8 rc16 ecl ecr pack noftz"
                    // lanes, barriers, copies, matrices
                    + " sync aligned warp arrive red all any uni ballot up down bfly idx async commit_group wait_group"
                    + " wait_all bulk mbarrier add min max inc dec exch cas m8n8 m16n16 m8n8k16 m8n8k32 m16n8k8"
                    + " m16n8k16 m16n8k32 m16n8k64 row col trans x1 x2 x4 noinc"
                    // warpgroups and launches
                    + " mma_async fence proxy alias wait launch_dependents m64n8k32 m64n16k32 m64n24k32 m64n32k32 m64n40k32"
                    + " m64n48k32 m64n128k32 m64n240k32 m64n256k32 m64n264k32 m64n8k16")
            .split(" "));

    /** Of what no program has. */
    private static final List<String> OTHERS = List.of("dp2a.lo.s32.s32");

    @Test
    void areRecordedOrListed() {
        SortedSet<String> recorded = Programs.mnemonics();
        SortedSet<String> missing = known(recorded);
        missing.removeAll(pairs(recorded));
        SortedSet<String> listed = NotRecorded.lines();
        assertThat(listed).as("entries that have a program by now").doesNotContainAnyElementsOf(recorded);
        listed.removeIf(line -> line.contains("."));

        assertThat(missing)
                .as("decoders know them, no recorded program has them; list them in not-recorded.txt if that is meant")
                .isEqualTo(listed);
    }

    /** The test can fail: words that no decoder takes are not known, and those of programs are. */
    @Test
    void decodersAreAsked() {
        assertThat(isKnown("add.s32")).isTrue();
        assertThat(isKnown("add.wide.s32")).isFalse();
        assertThat(isKnown("ldu.relaxed.gpu.global.u32")).isFalse();
        assertThat(known(Programs.mnemonics()))
                .contains("dp2a", "dp2a hi", "ld volatile", "shfl bfly", "mma m16n8k32", "cvt rni")
                .doesNotContain("mma f16", "add f64", "ld mmio");
    }

    /** Opcodes, and opcodes with one modifier each, in any instruction that is known. */
    private static SortedSet<String> known(SortedSet<String> recorded) {
        SortedMap<String, String> bases = new TreeMap<>();
        Stream.concat(recorded.stream(), OTHERS.stream()).forEach(base -> bases.putIfAbsent(withoutTypes(base), base));
        SortedSet<String> known = new TreeSet<>(InstructionSet.opcodes());
        known.addAll(pairs(recorded));
        for (String base : bases.values()) {
            known.addAll(pairs(new TreeSet<>(List.of(base))));
            String opcode = base.split("\\.")[0];
            for (String word : WORDS) {
                String pair = opcode + " " + word;
                if (!known.contains(pair) && isKnownWith(base, word)) {
                    known.add(pair);
                }
            }
        }
        return known;
    }

    /** Instructions that differ in the width and sign of integers only have the same modifiers beside. */
    private static String withoutTypes(String mnemonic) {
        return mnemonic.replaceAll("\\.[bsu](8|16|32|64)\\b", ".integer");
    }

    /** Whether the instruction is known with a word in place of one of its modifiers, behind or before the last. */
    private static boolean isKnownWith(String base, String word) {
        if (isKnown(base + "." + word)) {
            return true;
        }
        String[] words = base.split("\\.");
        for (int i = 1; i < words.length; i++) {
            String[] other = words.clone();
            other[i] = word;
            if (isKnown(String.join(".", other))) {
                return true;
            }
        }
        String[] more = Arrays.copyOf(words, words.length + 1);
        more[words.length] = words[words.length - 1];
        more[words.length - 1] = word;
        return words.length > 1 && isKnown(String.join(".", more));
    }

    private static SortedSet<String> pairs(SortedSet<String> mnemonics) {
        SortedSet<String> pairs = new TreeSet<>();
        for (String mnemonic : mnemonics) {
            String[] words = mnemonic.split("\\.");
            pairs.add(words[0]);
            Arrays.stream(words).skip(1).forEach(word -> pairs.add(words[0] + " " + word));
        }
        return pairs;
    }

    /** Modifiers are decoded before operands, of which there are none that fit. */
    private static boolean isKnown(String mnemonic) {
        List<Operand> operands = Collections.nCopies(8, new Operand.Name("nothing"));
        Statement.Instruction instruction = new Statement.Instruction(1, Optional.empty(), mnemonic, operands);
        try {
            InstructionSet.decode(new Source(
                    instruction,
                    new Modifiers(instruction),
                    new Operands(instruction, new Scope(), new LayoutBuilder()),
                    0,
                    "sm_90",
                    90));
            return true;
        } catch (OctetException e) {
            return e.code() != SimulatorCode.UNKNOWN;
        }
    }
}
