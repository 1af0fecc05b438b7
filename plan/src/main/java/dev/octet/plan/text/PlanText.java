package dev.octet.plan.text;

import dev.octet.plan.Plan;
import dev.octet.plan.PlanCode;
import dev.octet.plan.Version;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.io.ForeignContent;
import dev.octet.plan.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The plan file: UTF-8 text of lines that end with a line feed.
 *
 * <pre>{@code
 * octet-plan 1.0
 * network com.acme.Fashion
 * max-batch 128
 * input image [1,28,28] pixels gray scale 0.003921569 mean 0.286 std 0.353
 * output logits [10]
 * fp32 graph folded
 * ...
 * end
 * int8 graph laid_out
 * ...
 * end
 * programs 1
 * program sm_61 batch 1..128 arena 25600
 * buffer %1 u8[16,28,28] offset 0 bytes 12544
 * step conv2d_... 0123456789abcdef0123456789abcdef
 *   region %1 : %0 -> %1
 *   grid 784/64x1 threads 64 shared 0 cluster 1 dependent false
 *   arguments value(%0) value(%1) weights(%1,dp4a:32x16) constants(%1)
 *   map %0 box 16,8,8,1 swizzle 0
 *   workspace 1024 cleared true
 * end
 * # 1 kernels, 0 layout transposes
 * }</pre>
 *
 * Graphs are in the form of {@link GraphText}. A grid that has at most so many blocks along x says it before its threads,
 * {@code grid 784/64x1 most 132 threads 64}. The programs of a float plan have, behind their steps, two lines for each
 * {@link dev.octet.plan.launch.Statistic}:
 *
 * <pre>{@code
 * statistic largest f32_largest_b256_sm61 0123456789abcdef0123456789abcdef
 *   grid 1/4096x1 threads 256 shared 0 cluster 1 dependent false
 * }</pre>
 *
 * A plan has exactly one text, so that reading and writing are inverse; any
 * other text is refused, also where only white space or the closing comment is wrong. A later minor version may add
 * lines that start with {@code ?}; readers of earlier minor versions skip them.
 */
public final class PlanText {
    private static final int MAX_BYTES = 1 << 26;

    private PlanText() {}

    /**
     * The file of a plan. Throws {@link IllegalArgumentException} for a plan that could not be read back: one whose
     * parts do not fit together or whose names do not consist of letters, digits and {@code _ . $ / + -}.
     */
    public static byte[] write(Plan plan) {
        PlanCheck.require(plan);
        return PlanPrinter.print(plan).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a plan.
     *
     * @param bytes the file
     * @param name name of the file, for messages
     * @throws OctetException {@link PlanCode#VERSION} for another major version, {@link PlanCode#MALFORMED} for anything
     *     else that {@link #write} did not write
     */
    public static Plan read(byte[] bytes, String name) {
        String text = decode(bytes, name);
        return Cursor.parse(text, name, PlanCode.MALFORMED, in -> {
            PlanParser parser = new PlanParser(in, name);
            Version version = parser.version();
            Plan plan = parser.plan();
            if (version.equals(Plan.VERSION)) {
                requireCanonical(text, PlanPrinter.print(plan), name);
            }
            return plan;
        });
    }

    /** What a typed class pins: SHA-256 of the file in hexadecimal. */
    public static String hash(byte[] planBytes) {
        return Sha256.hex(planBytes);
    }

    private static String decode(byte[] bytes, String name) {
        if (bytes.length > MAX_BYTES) {
            throw new OctetException(PlanCode.MALFORMED, name, 1, "larger than " + MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            String found = ForeignContent.describe(bytes).orElse("not UTF-8 text");
            throw new OctetException(e, PlanCode.MALFORMED, name, 1, found);
        }
    }

    private static void requireCanonical(String text, String canonical, String name) {
        String[] found = text.split("\n", -1);
        String[] wanted = canonical.split("\n", -1);
        for (int i = 0; i < Math.min(found.length, wanted.length); i++) {
            if (!found[i].equals(wanted[i])) {
                throw new OctetException(PlanCode.MALFORMED, name, i + 1, "expected '" + wanted[i] + "'");
            }
        }
    }
}
