package dev.octet.toolchain;

import dev.octet.plan.Target;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the PTX instruction set. Source of the numbers: "PTX ISA Notes" of each instruction in NVIDIA's
 * "Parallel Thread Execution ISA"; every result is checked by the assembler, which refuses an instruction that the
 * declared version lacks.
 */
record PtxVersion(int major, int minor) implements Comparable<PtxVersion> {
    /** Instructions that PTX ISA 5.0 has in every form that a compute capability of 6.1 can run; newer
     * forms of some need newer hardware too. */
    private static final Set<String> IN_5_0 = Set.of(
            "abs",
            "add",
            "addc",
            "and",
            "atom",
            "bfe",
            "bfi",
            "bfind",
            "bra",
            "brev",
            "brkpt",
            "call",
            "clz",
            "cnot",
            "copysign",
            "cos",
            "cvt",
            "cvta",
            "div",
            "dp2a",
            "dp4a",
            "ex2",
            "exit",
            "fma",
            "isspacep",
            "ld",
            "ldu",
            "lg2",
            "lop3",
            "mad",
            "madc",
            "max",
            "membar",
            "min",
            "mov",
            "mul",
            "mul24",
            "neg",
            "not",
            "or",
            "popc",
            "prefetch",
            "prefetchu",
            "prmt",
            "rcp",
            "red",
            "rem",
            "ret",
            "rsqrt",
            "sad",
            "selp",
            "set",
            "setp",
            "shf",
            "shl",
            "shr",
            "sin",
            "slct",
            "sqrt",
            "st",
            "sub",
            "subc",
            "testp",
            "trap",
            "xor");

    /** Start of a statement, perhaps a predicate, name, modifiers. */
    private static final Pattern INSTRUCTION =
            Pattern.compile("(?m)(?:^|[;{}])\\s*(?:@!?%\\w+\\s+)?([a-z][a-z0-9]*)((?:(?:\\.|::)\\w+)*)(?=[ \t;])");

    private static final Pattern PRODUCT_OF_WARPGROUP =
            Pattern.compile("\\.mma_async\\.sync\\.aligned\\.m64n\\d+k32\\.s32\\.([su]8)\\.([su]8)");

    static PtxVersion parse(String text) {
        String[] parts = text.split("\\.");
        return new PtxVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /**
     * Lowest version that has all instructions of a text.
     *
     * @param compiled version that the compiler declared: holds wherever an instruction is not known here
     */
    static PtxVersion needed(Target target, String ptx, PtxVersion compiled) {
        return INSTRUCTION
                .matcher(ptx)
                .results()
                .map(match -> since(match.group(1), match.group(2), compiled))
                .reduce(parse(target.ptxVersion()), PtxVersion::later);
    }

    private static PtxVersion since(String name, String modifiers, PtxVersion compiled) {
        if (modifiers.contains("::") && !modifiers.equals(".proxy.async.shared::cta")) {
            return compiled;
        }
        switch (name) {
            case "activemask":
                return new PtxVersion(6, 2);
            case "barrier":
            case "shfl":
            case "vote":
                return new PtxVersion(6, 0);
            case "bar":
                return new PtxVersion(modifiers.startsWith(".warp") ? 6 : 5, 0);
            case "griddepcontrol":
                return new PtxVersion(7, 8);
            case "fence":
                return fence(modifiers, compiled);
            case "wgmma":
                return wgmma(modifiers, compiled);
            case "cp":
                return modifiers.matches("\\.async\\.(c[ag]\\.shared\\.global|commit_group|wait_group)")
                        ? new PtxVersion(7, 0)
                        : compiled;
            case "ldmatrix":
                return modifiers.endsWith(".m8n8.x4.shared.b16") ? new PtxVersion(6, 5) : compiled;
            case "mma":
                return mma(modifiers, compiled);
            default:
                return IN_5_0.contains(name) ? new PtxVersion(5, 0) : compiled;
        }
    }

    private static PtxVersion mma(String modifiers, PtxVersion compiled) {
        if (modifiers.matches("\\.sync\\.aligned\\.m8n8k16\\.row\\.col\\.s32\\.[su]8\\.s8\\.s32")) {
            return new PtxVersion(6, 5);
        }
        return modifiers.matches("\\.sync\\.aligned\\.m16n8k32\\.row\\.col\\.s32\\.[su]8\\.s8\\.s32")
                ? new PtxVersion(7, 0)
                : compiled;
    }

    private static PtxVersion fence(String modifiers, PtxVersion compiled) {
        return modifiers.matches("\\.proxy\\.async(\\.shared::cta)?") ? new PtxVersion(8, 0) : compiled;
    }

    private static PtxVersion wgmma(String modifiers, PtxVersion compiled) {
        if (modifiers.matches("\\.(fence|commit_group|wait_group)\\.sync\\.aligned")) {
            return new PtxVersion(8, 0);
        }
        Matcher product = PRODUCT_OF_WARPGROUP.matcher(modifiers);
        if (!product.matches()) {
            return compiled;
        }
        return product.group(1).equals(product.group(2)) ? new PtxVersion(8, 0) : new PtxVersion(8, 4);
    }

    private PtxVersion later(PtxVersion other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(PtxVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
