package dev.octet.tools.report;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.kernel.CubinFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An ELF file with a kernel of known registers, shared memory and instructions, as the assembler would write it. */
final class SampleCubin {
    static final int REGISTERS = 42;
    static final int SHARED_BYTES = 3072;

    private static final int HEADER_BYTES = 64;
    private static final int KERNEL_SECTION = 1;

    private final StringBuilder names = new StringBuilder("\0");
    private final List<byte[]> sections = new ArrayList<>(List.of(new byte[0]));
    private final List<Integer> nameOffsets = new ArrayList<>(List.of(0));

    private SampleCubin() {}

    /** A file whose kernel has these instructions, by the low 12 bits of each. */
    static byte[] of(String kernel, int... opcodes) {
        SampleCubin cubin = new SampleCubin();
        ByteBuffer code = buffer(16 * opcodes.length);
        for (int opcode : opcodes) {
            code.putLong(opcode).putLong(0);
        }
        cubin.add(".text." + kernel, code.array());
        cubin.add(".nv.shared." + kernel, new byte[SHARED_BYTES]);
        ByteBuffer symbols = buffer(48);
        symbols.putShort(24 + 6, (short) KERNEL_SECTION);
        cubin.add(".symtab", symbols.array());
        ByteBuffer info = buffer(12);
        info.put((byte) 4).put((byte) 0x2f).putShort((short) 8).putInt(1).putInt(REGISTERS);
        cubin.add(".nv.info", info.array());
        cubin.add(".shstrtab", new byte[0]);
        cubin.sections.set(5, cubin.names.toString().getBytes(StandardCharsets.US_ASCII));
        String hash = Sha256.hex(kernel);
        return new CubinFile(hash, hash, cubin.elf()).write();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void add(String name, byte[] content) {
        nameOffsets.add(names.length());
        names.append(name).append('\0');
        sections.add(content);
    }

    private byte[] elf() {
        int content = sections.stream().mapToInt(section -> section.length).sum();
        ByteBuffer elf = buffer(HEADER_BYTES * (1 + sections.size()) + content);
        elf.putInt(0, 0x464c457f).putShort(4, (short) 0x0102).putLong(0x28, HEADER_BYTES);
        elf.putShort(0x3a, (short) HEADER_BYTES)
                .putShort(0x3c, (short) sections.size())
                .putShort(0x3e, (short) (sections.size() - 1));
        int start = HEADER_BYTES * (1 + sections.size());
        for (int i = 0; i < sections.size(); i++) {
            int header = HEADER_BYTES * (1 + i);
            elf.putInt(header, nameOffsets.get(i));
            elf.putLong(header + 0x18, start).putLong(header + 0x20, sections.get(i).length);
            elf.position(start);
            elf.put(sections.get(i));
            start += sections.get(i).length;
        }
        return elf.array();
    }
}
