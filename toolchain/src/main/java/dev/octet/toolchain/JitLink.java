package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.toolchain.nvrtc.Reply;
import dev.octet.toolchain.nvrtc.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** NVIDIA's linker as a library, which has the assembler within: what ptxas is to nvcc, this is to NVRTC. */
final class JitLink implements PtxAssembler {
    /** What CUDA 12.9 has code for; it ends the process when it is asked for anything else. */
    private static final Set<Integer> MACHINES =
            Set.of(50, 52, 53, 60, 61, 62, 70, 72, 75, 80, 86, 87, 89, 90, 100, 101, 103, 120, 121);

    private final NvrtcProcesses processes;

    JitLink(NvrtcProcesses processes) {
        this.processes = processes;
    }

    @Override
    public String identity() {
        return "nvjitlink " + processes.identity();
    }

    @Override
    public Set<Integer> machines() {
        return new TreeSet<>(MACHINES);
    }

    @Override
    public Assembled assemble(Target target, int machine, String kernel, String ptx) {
        List<String> options = List.of(
                "-arch=" + Architecture.assembled(target, machine),
                "-Xptxas=" + AssemblerLog.VERBOSE,
                "-Xptxas=" + AssemblerLog.STRICT);
        byte[] input = ptx.getBytes(StandardCharsets.UTF_8);
        Reply reply = processes.ask(kernel, new Request(Request.Work.ASSEMBLE, options, input));
        AssemblerLog log = new AssemblerLog(target, machine, kernel, ptx, reply.log());
        if (reply.status() != 0) {
            throw log.refused();
        }
        return log.assembled(reply.output());
    }
}
