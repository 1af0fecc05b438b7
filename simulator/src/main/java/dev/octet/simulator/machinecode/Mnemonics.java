package dev.octet.simulator.machinecode;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names of the machine instructions of compute capability 7.0 and later, by their low 12 bits. NVIDIA does not document
 * them; Mesa's compiler for these GPUs writes them so. Of arithmetic instructions the low 9 bits say what is computed, the
 * other 3 where the operands come from.
 */
public final class Mnemonics {
    private static final int KIND = 0x1ff;

    private static final Map<Integer, String> ARITHMETIC =
            table("MOV 002,SEL 007,FSEL 008,FMNMX 009,FSETP 00b,ISETP 00c,"
                    + "IADD3 010,LEA 011,LOP3 012,IABS 013,PRMT 016,IMNMX 017,SHF 019,PLOP3 01c,FMUL 020,FADD 021,FFMA 023,IMAD 024,"
                    + "IMAD.WIDE 025,IDP 026,IMAD.HI 027,VIADD 036,IMMA 037,HMMA 03c,I2FP 045,VIMNMX 048,UMOV 082,USEL 087,UISETP 08c,"
                    + "UIADD3 090,ULEA 091,ULOP3 092,USHF 099,UIMAD 0a4,UIMAD.WIDE 0a5,FLO 100,BREV 101,F2F 104,F2I 105,I2F 106,FRND 107,IGMMA 1f1,"
                    + "MUFU 108,POPC 109");

    private static final Map<Integer, String> OTHER = table(
            "P2R 803,R2P 804,CS2R 805,VOTE 806,LDSM 83b,VOTEU 886,NOP 918,"
                    + "S2R 919,DEPBAR 91a,BSYNC 941,CALL 944,BSSY 945,YIELD 946,BRA 947,WARPSYNC 948,EXIT 94d,RET 950,LDG 981,LDL 983,"
                    + "LDS 984,STG 986,STL 987,STS 988,CCTL 98f,RED 98e,MEMBAR 992,S2UR 9c3,LDGDEPBAR 9af,ERRBAR 9ab,ULDC ab9,BAR b1d,"
                    + "LDC b82,LDGSTS fae,STG 386,STL 387,STS 388,ATOMS 38c,ATOMG 3a8,ATOMG 9a8,R2UR 3c2,SHFL 389,SHFL 589,SHFL 989,SHFL f89");

    private Mnemonics() {}

    private static Map<Integer, String> table(String text) {
        Map<Integer, String> table = new HashMap<>();
        for (String entry : text.split(",")) {
            String[] words = entry.split(" ");
            table.put(Integer.parseInt(words[1], 16), words[0]);
        }
        return table;
    }

    /**
     * The name of an instruction, without its modifiers; {@code 0x435} where it is not known.
     *
     * @param opcode low 12 bits, as in {@link Cubin#counts}
     */
    public static String of(int opcode) {
        String name = OTHER.get(opcode);
        if (name == null) {
            name = ARITHMETIC.get(opcode & KIND);
        }
        return name == null || opcode < 0x200 ? String.format(Locale.ROOT, "0x%03x", opcode) : name;
    }
}
