package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.kernel.PtxFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From CUDA source to checked PTX: compiler, post-processor, assembler, and the cache before them. Thread-safe. */
public final class KernelCompiler {
    private final PtxCompiler compiler;
    private final Optional<KernelAssembler> assembler;
    private final KernelCache cache;
    private final PtxPostProcessor postProcessor = new PtxPostProcessor();

    /**
     * A chain of tools.
     *
     * @param compiler compiles
     * @param assembler checks what was compiled, if there is one
     * @param cache where results are kept
     */
    public KernelCompiler(PtxCompiler compiler, Optional<? extends PtxAssembler> assembler, KernelCache cache) {
        this.compiler = compiler;
        this.assembler = assembler.map(found -> new KernelAssembler(found, cache));
        this.cache = cache;
    }

    /** A result, and whether it came from the cache. */
    record Compiled(PtxFile file, boolean cached) {}

    /**
     * The PTX of a kernel, as the build puts it beside the source.
     *
     * @param target GPU family
     * @param source complete translation unit with one entry point
     * @throws dev.octet.plan.diag.OctetException with a {@link ToolchainCode} if it does not compile
     */
    public String ptx(Target target, String source) {
        return new String(compile(target, source).file().write(), StandardCharsets.UTF_8);
    }

    Compiled compile(Target target, String source) {
        String key = key(target, source);
        return cache.ptx(key).map(file -> new Compiled(file, true)).orElseGet(() -> fresh(key, target, source));
    }

    private Compiled fresh(String key, Target target, String source) {
        String kernel = KernelNames.inSource(source);
        String raw = compiler.compile(target, source);
        String ptx = postProcessor.process(target, kernel, compiler.identity(), raw);
        PtxFile file = new PtxFile(key, Sha256.hex(source), ptx);
        assembler.ifPresent(found -> found.check(target, kernel, file));
        cache.store(file);
        return new Compiled(file, false);
    }

    /** Hash of everything that decides the PTX, and of whether it was checked. */
    String key(Target target, String source) {
        List<String> parts = new ArrayList<>();
        parts.add(source);
        parts.add(target.text());
        parts.add(compiler.identity());
        parts.add("post-processor " + PtxPostProcessor.VERSION);
        parts.add(assembler.isPresent() ? "assembled" : "not assembled");
        parts.addAll(compiler.flags(target));
        return Sha256.hex(parts);
    }

    /** What makes machine code of the PTX, if there is anything. */
    Optional<KernelAssembler> assembler() {
        return assembler;
    }
}
