package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.toolchain.nvrtc.Reply;
import dev.octet.toolchain.nvrtc.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * NVIDIA's run-time compiler, a library, for machines without a CUDA toolkit. It does not look into inline assembly:
 * what is wrong there is found by {@link JitLink}.
 */
final class Nvrtc implements PtxCompiler {
    private final NvrtcProcesses processes;

    Nvrtc(NvrtcProcesses processes) {
        this.processes = processes;
    }

    @Override
    public String identity() {
        return "nvrtc " + processes.identity();
    }

    @Override
    public String cudaVersion() {
        return NvrtcFiles.CUDA;
    }

    /** CUDA 12.9 knows all targets. The rest says what nvcc is told, or does by itself. */
    @Override
    public List<String> flags(Target target) {
        return List.of(
                "-arch=" + Architecture.compiled(target, target.capability()),
                "-DOCTET_SM=" + target.capability(),
                "-fmad=false",
                "-std=c++17");
    }

    @Override
    public String compile(Target target, String source) {
        String kernel = KernelNames.inSource(source);
        byte[] input = source.getBytes(StandardCharsets.UTF_8);
        Reply reply = processes.ask(kernel, new Request(Request.Work.COMPILE, flags(target), input));
        if (reply.status() != 0) {
            String complaint = CompilerLog.firstError(reply.log())
                    .orElseGet(() -> "status " + reply.status() + ", log \"" + CompilerLog.brief(reply.log()) + "\"");
            throw new OctetException(ToolchainCode.COMPILE, identity(), kernel, target.text(), complaint);
        }
        return new String(reply.output(), StandardCharsets.UTF_8);
    }
}
