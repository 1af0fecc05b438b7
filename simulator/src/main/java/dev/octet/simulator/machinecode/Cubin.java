package dev.octet.simulator.machinecode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The kernels of a cubin file, which is an ELF file (System V ABI, "Object Files") with a section of machine code for
 * each, and what a thread of it needs. Reads nothing else of it, and may be given what stands behind the ELF too.
 */
public final class Cubin {
    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
    private static final String CODE = ".text.";
    private static final String SHARED = ".nv.shared.";
    private static final String INFO = ".nv.info";
    private static final int SYMBOL_BYTES = 24;
    /** Format of an attribute in {@link #INFO} whose value has a size, in the same word as its kind. */
    private static final int SIZED = 0x04;
    /** Attribute: index of a kernel's symbol, and its registers per thread. */
    private static final int REGISTERS = 0x2f;

    private static final int INSTRUCTION_BYTES = 16;
    private static final int OPCODE = 0xfff;

    private final ByteBuffer file;
    private final SortedMap<String, SortedMap<Integer, Integer>> counts = new TreeMap<>();
    private final Map<String, Integer> registers = new HashMap<>();
    private final Map<String, Integer> sharedBytes = new HashMap<>();

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
        return ofKernel.entrySet().stream()
                .filter(entry -> opcode.is(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How often each kernel has instructions, by the low 12 bits of these. */
    public SortedMap<String, SortedMap<Integer, Integer>> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    /** Registers that a thread of a kernel takes; empty if the file does not say. */
    public OptionalInt registers(String kernel) {
        Integer count = registers.get(kernel);
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    /** Shared memory that a block of a kernel takes without being asked to, in bytes. */
    public int sharedBytes(String kernel) {
        return sharedBytes.getOrDefault(kernel, 0);
    }

    private void readSections() {
        if (file.getInt(0) != MAGIC || file.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
            throw new OctetException(SimulatorCode.CUBIN, "it does not begin as an ELF file of 64 bits");
        }
        int headers = Math.toIntExact(file.getLong(0x28));
        int headerBytes = file.getShort(0x3a);
        int count = file.getShort(0x3c);
        int names = sectionStart(headers + file.getShort(0x3e) * headerBytes);
        Map<String, Integer> sections = new HashMap<>();
        Map<Integer, String> kernels = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int header = headers + i * headerBytes;
            String name = name(names + file.getInt(header));
            sections.put(name, header);
            if (name.startsWith(CODE)) {
                String kernel = name.substring(CODE.length());
                kernels.put(i, kernel);
                counts.put(kernel, histogram(sectionStart(header), size(header)));
            } else if (name.startsWith(SHARED)) {
                sharedBytes.put(name.substring(SHARED.length()), size(header));
            }
        }
        if (sections.containsKey(INFO) && sections.containsKey(".symtab")) {
            readInfo(sections.get(INFO), sectionStart(sections.get(".symtab")), kernels);
        }
    }

    /** Attributes are a byte of format, a byte of kind, two bytes of value or its size, and that many bytes. */
    private void readInfo(int header, int symbols, Map<Integer, String> kernels) {
        int at = sectionStart(header);
        int end = at + size(header);
        while (at + 4 <= end) {
            int bytes = file.get(at) == SIZED ? Short.toUnsignedInt(file.getShort(at + 2)) : 0;
            if (file.get(at + 1) == REGISTERS && bytes >= 8) {
                int symbol = Math.addExact(symbols, Math.multiplyExact(SYMBOL_BYTES, file.getInt(at + 4)));
                String kernel = kernels.get(Short.toUnsignedInt(file.getShort(symbol + 6)));
                if (kernel != null) {
                    registers.put(kernel, file.getInt(at + 8));
                }
            }
            at += 4 + bytes;
        }
    }

    private int size(int header) {
        return Math.toIntExact(file.getLong(header + 0x20));
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
