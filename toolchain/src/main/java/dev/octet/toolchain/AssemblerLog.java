package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an assembler says about a kernel; ptxas and nvJitLink, which has ptxas within, use the same words.
 *
 * @param target GPU family that the PTX declares
 * @param machine for which it was assembled
 * @param kernel name for messages
 * @param ptx what was assembled
 * @param text the log
 */
record AssemblerLog(Target target, int machine, String kernel, String ptx, String text) {
    /** Options that make an assembler say what {@link #assembled} needs, and refuse what it would only warn of. */
    static final String VERBOSE = "-v";

    static final String STRICT = "-Werror";

    private static final Pattern ERROR = Pattern.compile("(?m)^ptxas .*?(?:error|fatal|warning)\\s*: (.*)$");
    /** Products of warpgroups that run one after the other; to the assembler this is no more than information. */
    private static final Pattern SERIAL =
            Pattern.compile("(?m)^ptxas info\\s*: (.*wgmma\\.mma_async instructions are serialized.*)$");

    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
    private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");
    private static final Pattern SPILL_STORES = Pattern.compile("(\\d+) bytes spill stores");
    private static final Pattern SPILL_LOADS = Pattern.compile("(\\d+) bytes spill loads");

    /** The machine code with its resources; throws if the log does not tell them, or tells of products in turn. */
    PtxAssembler.Assembled assembled(byte[] elf) {
        Matcher serial = SERIAL.matcher(text);
        if (serial.find()) {
            throw new OctetException(ToolchainCode.SERIAL, kernel, target.text(), serial.group(1));
        }
        int registers = largest(REGISTERS);
        if (registers == 0 || elf.length == 0) {
            throw refused();
        }
        return new PtxAssembler.Assembled(
                elf, registers, largest(SHARED), largest(SPILL_STORES) + largest(SPILL_LOADS));
    }

    /** The complaint of an assembler that made nothing. */
    OctetException refused() {
        Matcher matcher = ERROR.matcher(text);
        String complaint = matcher.find() ? matcher.group(1) : "it answered \"" + CompilerLog.brief(text) + "\"";
        return new OctetException(
                ToolchainCode.ASSEMBLE, kernel, PtxPostProcessor.version(ptx), target.text(), complaint);
    }

    private int largest(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .max()
                .orElse(0);
    }
}
