package dev.octet.simulator.machinecode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The kernels of a cubin file, which is an ELF file (System V ABI, "Object Files") with a section of machine code for
 * each. Reads nothing else of it, and may be given what stands behind the ELF too.
 */
public final class Cubin {
    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
    private static final String CODE = ".text.";
    private static final int INSTRUCTION_BYTES = 16;
    private static final int OPCODE = 0xfff;

    private final ByteBuffer file;
    private final SortedMap<String, SortedMap<Integer, Integer>> counts = new TreeMap<>();

    private Cubin(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a file.
     *
     * @throws OctetException if it is damaged or no cubin
     */
    public static Cubin read(byte[] bytes) {
        Cubin cubin = new Cubin(bytes);
        try {
            cubin.readSections();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new OctetException(e, SimulatorCode.CUBIN, "a section lies outside of the file");
        }
        return cubin;
    }

    /** How often a kernel has an instruction. */
    public int count(String kernel, MachineOpcode opcode) {
        SortedMap<Integer, Integer> ofKernel = counts.get(kernel);
        if (ofKernel == null) {
            throw new OctetException(SimulatorCode.NO_ENTRY, kernel, String.join(", ", counts.keySet()));
        }
        return ofKernel.getOrDefault(opcode.bits(), 0);
    }

    /** How often each kernel has instructions, by the low 12 bits of these. */
    public SortedMap<String, SortedMap<Integer, Integer>> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    private void readSections() {
        if (file.getInt(0) != MAGIC || file.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
            throw new OctetException(SimulatorCode.CUBIN, "it does not begin as an ELF file of 64 bits");
        }
        int headers = Math.toIntExact(file.getLong(0x28));
        int headerBytes = file.getShort(0x3a);
        int count = file.getShort(0x3c);
        int names = sectionStart(headers + file.getShort(0x3e) * headerBytes);
        for (int i = 0; i < count; i++) {
            int header = headers + i * headerBytes;
            String name = name(names + file.getInt(header));
            if (name.startsWith(CODE)) {
                int size = Math.toIntExact(file.getLong(header + 0x20));
                counts.put(name.substring(CODE.length()), histogram(sectionStart(header), size));
            }
        }
    }

    private int sectionStart(int header) {
        return Math.toIntExact(file.getLong(header + 0x18));
    }

    private String name(int start) {
        int end = start;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), start, end - start, StandardCharsets.ISO_8859_1);
    }

    private SortedMap<Integer, Integer> histogram(int start, int size) {
        SortedMap<Integer, Integer> histogram = new TreeMap<>();
        for (int i = 0; i + INSTRUCTION_BYTES <= size; i += INSTRUCTION_BYTES) {
            histogram.merge((int) file.getLong(Math.addExact(start, i)) & OPCODE, 1, Integer::sum);
        }
        return histogram;
    }
}
